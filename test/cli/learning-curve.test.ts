import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { toyPosts } from '../learning/toy-posts.ts'
import { runCommand } from '../support/service.ts'

const home = mkdtempSync(join(tmpdir(), 'entraide-cli-learning-curve-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

function file(name: string, count: number, seed: number): string {
  const path = join(home, name)
  const { texts, labels } = toyPosts(count, seed)
  writeFileSync(path, `text,label\n${texts.map((text, at) => `${text},${labels[at]}`).join('\n')}\n`)
  return path
}
const files = ['--train', file('train.csv', 80, 1), '--test', file('test.csv', 40, 2)]
const short = ['--start', '20', '--batch', '10', '--until', '40', '--seeds', '2']
const learningCurve = (...args: string[]) => runCommand({ home }, ['learning-curve', ...args])

describe('entraide learning-curve', { timeout: 60_000 }, () => {
  it('prints one line of JSON with a curve for each strategy, and draws them', async () => {
    const plot = join(home, 'curve.svg')
    const asked = [...files, ...short, '--strategy', 'default,random', '--json', '--plot', plot]
    const { code, stdout, stderr } = await learningCurve(...asked)
    expect([code, stdout.split('\n').length, stderr]).toEqual([0, 2, ''])
    const { curves, random_accuracy, ...counts } = JSON.parse(stdout)
    expect(counts).toEqual({ n_train: 80, n_test: 40, n_rejected: 0 })
    expect(curves.map(({ strategy }: { strategy: string }) => strategy)).toEqual(['default', 'random'])
    for (const { points } of curves)
      expect(points.map(({ labels }: { labels: number }) => labels)).toEqual([20, 30, 40])
    expect(random_accuracy).toBe(curves[1].points[2].accuracy)
    const drawn = readFileSync(plot, 'utf8')
    expect(drawn).toMatch(/^<svg [\s\S]*>default<[\s\S]*>random<[\s\S]*<\/svg>\n$/)
    expect(drawn).not.toContain('NaN')
  })

  it('prints a table that a person can read', async () => {
    const { code, stdout } = await learningCurve(...files, ...short, '--strategy', 'margin,random')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^labels +margin +random$/m)
    expect(stdout).toMatch(/^20 +\d+\.\d \(\d+\.\d–\d+\.\d\)/m)
    expect(stdout).toMatch(/^margin (reaches|does not stay above) the final accuracy of random/m)
  })

  it.each([
    ['a strategy that there is not', ['--strategy', 'clever'], 2, 'Expected one or more of default, margin'],
    ['no labels at all', ['--until', '0'], 2, 'whole number from 1'],
    ['more labels to begin with than texts', ['--start', '500'], 1, 'too few to start with 500'],
  ])('refuses %s', async (_, args, exitCode, message) => {
    const { code, stderr } = await learningCurve(...files, ...args)
    expect([code, stderr]).toEqual([exitCode, expect.stringContaining(message)])
  })
})
