import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runCommand } from '../support/service.ts'

const home = mkdtempSync(join(tmpdir(), 'entraide-cli-evaluate-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const phrases = {
  billing: ['my invoice is too high', 'who pays this bill', 'refund the invoice'],
  network: ['no signal at home', 'the antenna lost the signal', 'slow network tonight'],
}
const rows = Object.entries(phrases).flatMap(([label, texts]) =>
  texts.flatMap((text) =>
    ['please', 'since monday', 'again', 'why'].map((more) => `${text} ${more},${label}`),
  ),
)
const file = (name: string, lines: readonly string[]) => {
  const path = join(home, name)
  writeFileSync(path, `text,label\n${lines.join('\n')}\n`)
  return path
}
const train = file('train.csv', rows)
const test = file('test.csv', [
  'the bill of monday,billing',
  'signal lost again,network',
  'my router,hardware',
])
const evaluate = (...args: string[]) => runCommand({ home }, ['evaluate', ...args])

describe('entraide evaluate', { timeout: 30_000 }, () => {
  it('prints one line of JSON with the figures, and nothing else', async () => {
    const { code, stdout, stderr } = await evaluate('--train', train, '--test', test, '--json')
    expect([code, stdout.split('\n').length, stderr]).toEqual([0, 2, ''])
    const figures = JSON.parse(stdout)
    expect(figures).toMatchObject({ accuracy: 2 / 3, n_train: 24, n_test: 3, n_labels: 2 })
    expect(figures).toHaveProperty('ece')
    expect(figures).toHaveProperty('aurc')
    for (const name of ['macro_f1', 'fit_seconds', 'docs_per_second', 'artifact_bytes'])
      expect(figures[name]).toBeGreaterThan(0)
    expect(figures.details.confusions).toHaveLength(1)
    expect(figures.details.labels.map(({ label }: { label: string }) => label)).toContain('hardware')
  })

  it('prints a report that a person can read', async () => {
    const { code, stdout, stderr } = await evaluate('--train', train, '--test', test)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^accuracy +66\.7%, 95% interval/m)
    expect(stdout).toContain('Most frequent confusions:')
    expect(stdout).toContain('hardware (1)')
  })

  it('takes a budget and a file that tells what is in scope', async () => {
    const scope = file('scope.csv', ['signal,network', 'bill,billing', 'zzz qqq,oos'])
    const asked = file('asked.csv', [
      'no signal at home again,network',
      'refund the invoice please,billing',
      'xx yy zz,oos',
    ])
    const files = ['--train', train, '--test', asked, '--oos-from', scope]
    const { code, stdout } = await evaluate(...files, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      oos_recall: 1,
      coverage: 2 / 3,
      selective_risk: 0,
      in_scope_accuracy: 1,
      n_out_of_scope: 1,
      details: { scope: [{ rule: 'most-right' }, { rule: 'covering' }] },
    })
    const told = await evaluate(...files, '--budget', '0.001')
    expect(told.stdout).toMatch(/^out of scope +100\.0% of 1 text left unassigned/m)
    expect(told.stdout).toMatch(/^assigned +0\.0%/m)
  })

  it('prints how far apart the folds of a cross-validation are', async () => {
    const { code, stdout, stderr } = await evaluate('--train', train, '--cv', '4', '--seed', '3')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('each tested by one of 4 classifiers that was not trained on it')
    expect(stdout).toMatch(/^accuracy +\S+% \(folds /m)
    expect(stdout).toContain('By fold:')
  })

  it.each([
    ['neither a test file nor folds', ['--train', train], /--test.*--cv/],
    ['both', ['--train', train, '--test', test, '--cv', '3'], /cannot be used/],
    ['one fold', ['--train', train, '--cv', '1'], /from 2 to 100/],
    ['folds that are no number', ['--train', train, '--cv', 'NaN'], /from 2 to 100/],
    ['a budget that is no share', ['--train', train, '--cv', '2', '--budget', '5%'], /share from 0 to 1/],
    ['a seed that is no number', ['--train', train, '--cv', '2', '--seed', '1e3'], /whole number/],
    ['no training file', ['--cv', '3'], /--train/],
    ['an option that it does not know', ['--train', train, '--cv', '3', '--fast'], /--fast/],
  ])('refuses %s as bad usage, to machines in one line of JSON', async (_, args, message) => {
    const told = await evaluate(...args)
    expect([told.code, told.stdout]).toEqual([2, ''])
    expect(told.stderr).toMatch(message)
    const { code, stdout } = await evaluate(...args, '--json')
    expect([code, stdout.split('\n').length]).toEqual([2, 2])
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'USAGE_INVALID',
      message: expect.stringMatching(message),
    })
  })

  it('fails with a code where a file will not do', async () => {
    const { code, stdout } = await evaluate('--train', file('one.csv', ['a,x', 'b,x']), '--cv', '2', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout).error.code).toBe('TOO_FEW_LABELS_IN_FILE')
  })
})
