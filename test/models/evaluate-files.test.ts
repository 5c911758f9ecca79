import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { evaluateFiles } from '../../src/models/index.ts'
import { corpus } from './corpus.ts'

const folder = mkdtempSync(join(tmpdir(), 'entraide-evaluate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function csv(name: string, rows: readonly (readonly [text: string, label: string])[]): string {
  const file = join(folder, name)
  writeFileSync(
    file,
    `text,label\n${rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n')}\n`,
  )
  return file
}

const rows = corpus().map(({ title, question, label }) => [`${title} ${question}`, label] as const)
const train = csv(
  'train.csv',
  rows.filter((_, i) => i % 4 !== 0),
)
const inScope = rows.filter((_, i) => i % 4 === 0)

describe('evaluating on files', () => {
  it('trains on one and tests on the other', async () => {
    const figures = await evaluateFiles({ train, test: csv('test.csv', inScope) })
    expect(figures).toMatchObject({ n_train: 90, n_test: 30, n_labels: 3, n_rejected: 0 })
    expect(figures.accuracy).toBeGreaterThan(0.9)
    expect(figures.fit_seconds).toBeGreaterThan(0)
    expect(figures.docs_per_second).toBeGreaterThan(0)
    expect(figures.artifact_bytes).toBeGreaterThan(1000)
  })

  it('leaves out-of-scope rows out of the accuracy, and repeated texts in', async () => {
    const plain = await evaluateFiles({ train, test: csv('plain.csv', inScope) })
    const strange = Array.from({ length: 40 }, (_, i) => [`qwxz ${i} jjkk`, 'oos'] as const)
    const figures = await evaluateFiles({ train, test: csv('oos.csv', [...inScope, ...inScope, ...strange]) })
    expect(figures.n_test).toBe(100)
    expect(figures.accuracy).toBeCloseTo(plain.accuracy, 10)
    expect(figures.coverage).toBeLessThan(plain.coverage)
  })

  it('counts rows that it cannot use, and says where a file is none', async () => {
    const test = csv('holes.csv', [...inScope, ['a text without its label', '']])
    expect((await evaluateFiles({ train, test })).n_rejected).toBe(1)
    const missing = evaluateFiles({ train: join(folder, 'none.csv'), test })
    await expect(missing).rejects.toMatchObject({ code: 'SOURCE_NOT_FOUND' })
    const same = csv('same.csv', [['one text', 'a'] as const, ['another', 'a'] as const])
    await expect(evaluateFiles({ train: same, test })).rejects.toMatchObject({
      code: 'TOO_FEW_LABELS_IN_FILE',
    })
  })
})
