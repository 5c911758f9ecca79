import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { evaluateFiles } from '../../src/evaluation/evaluate-files.ts'
import { corpus } from '../models/corpus.ts'

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

  it('asks for the names of its columns where a file has others', async () => {
    const file = join(folder, 'others.csv')
    writeFileSync(file, 'message,topic\nhello,greeting\n')
    const failed = evaluateFiles({ train: file, folds: 2 })
    await expect(failed).rejects.toMatchObject({ code: 'COLUMNS_MISSING_IN_FILE' })
    await expect(failed).rejects.toThrow(
      /Name the columns .* `text` and `label`. Columns found: message, topic$/,
    )
  })

  it('leaves out-of-scope rows out of the accuracy, and repeated texts in', async () => {
    const loose = { train, riskBudget: 0.2 }
    const plain = await evaluateFiles({ ...loose, test: csv('plain.csv', inScope) })
    const strange = Array.from({ length: 40 }, (_, i) => [`qwxz ${i} jjkk`, 'oos'] as const)
    const test = csv('oos.csv', [...inScope, ...inScope, ...strange])
    const figures = await evaluateFiles({ ...loose, test })
    expect(figures.n_test).toBe(100)
    expect(figures.accuracy).toBeCloseTo(plain.accuracy, 10)
    expect(figures.coverage).toBeLessThan(plain.coverage)
    expect(figures).toMatchObject({ n_out_of_scope: 40, oos_recall: 1 })
    expect(plain).not.toHaveProperty('oos_recall')
  })

  it('learns from texts of a third file besides, whatever their labels', async () => {
    const unlabelled = csv(
      'unlabelled.csv',
      inScope.map(([text], at) => [text, at % 2 === 0 ? '' : 'nonsense']),
    )
    const tested = inScope.filter((_, at) => at % 3 === 0)
    const figures = await evaluateFiles({ train, test: csv('test.csv', tested), unlabelled })
    expect(figures).toMatchObject({ n_train: 90, n_unlabelled: 20, n_test: 10, n_labels: 3 })
    expect(figures.accuracy).toBeGreaterThan(0.9)
    const bare = join(folder, 'bare.csv')
    writeFileSync(bare, `note,Text\n${inScope.map(([text]) => `,"${text}"`).join('\n')}\n`)
    expect(await evaluateFiles({ train, test: csv('test.csv', tested), unlabelled: bare })).toMatchObject({
      n_unlabelled: 20,
    })
    const missing = { train, folds: 3, unlabelled: join(folder, 'missing.csv') }
    await expect(evaluateFiles(missing)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  })

  it('learns what is out of scope without ever answering so', async () => {
    const strange = (from: number) =>
      Array.from({ length: 20 }, (_, i) => [`weather moon ${from + i} recipe`, 'oos'] as const)
    const learned = csv('train-oos.csv', [...rows.filter((_, i) => i % 4 !== 0), ...strange(0)])
    const figures = await evaluateFiles({
      train: learned,
      test: csv('oos.csv', [...inScope, ...strange(20)]),
    })
    expect(figures).toMatchObject({ n_train: 110, n_labels: 3, oos_recall: 1 })
    expect(figures.accuracy).toBeGreaterThan(0.9)
    const named = figures.details.labels.map(({ label }) => label)
    expect(named).not.toContain('oos')
  })

  it('tells what is in scope by another file, and then assigns what is', async () => {
    const strange = (from: number) =>
      Array.from({ length: 20 }, (_, i) => [`weather moon ${from + i} recipe`, 'oos'] as const)
    const oosFrom = csv('scope.csv', [...inScope.slice(0, 15), ...strange(0)])
    const test = csv('oos.csv', [...inScope.slice(15), ...strange(20)])
    const figures = await evaluateFiles({ train, test, oosFrom })
    expect(figures.oos_recall).toBeGreaterThan(0.9)
    expect(figures.coverage).toBeCloseTo((15 * figures.in_scope_accuracy) / 35, 1)
    expect(figures.in_scope_accuracy).toBeGreaterThan(0.7)
    const [mostRight, covering] = figures.details.scope!
    expect(mostRight).toMatchObject({ rule: 'most-right', oos_recall: figures.oos_recall })
    expect(covering).toMatchObject({ rule: 'covering' })
    // A budget that cannot be shown to be kept leaves nothing assigned, whatever is in scope.
    const strict = await evaluateFiles({ train, test, oosFrom, riskBudget: 0.001 })
    expect(strict).toMatchObject({ coverage: 0, oos_recall: 1, in_scope_accuracy: 0 })
    await expect(evaluateFiles({ train, test, oosFrom: train })).rejects.toMatchObject({
      code: 'NO_OUT_OF_SCOPE_TEXTS',
    })
  })

  it('assigns more under a larger budget', async () => {
    const test = csv('test.csv', inScope)
    const [strict, loose] = [
      await evaluateFiles({ train, test, riskBudget: 0.01 }),
      await evaluateFiles({ train, test, riskBudget: 0.3 }),
    ]
    expect(strict.coverage).toBe(0)
    expect(loose.coverage).toBeGreaterThan(0.5)
    expect(loose.selective_risk).toBeLessThan(0.3)
  })

  it('counts labels that were not learned as wrong, and names them', async () => {
    const test = csv('unseen.csv', [...inScope, ['a text', 'novel'], ['another', 'novel'], ['third', 'rare']])
    const figures = await evaluateFiles({ train, test })
    expect(figures.details.unseen_labels).toEqual([
      { label: 'novel', support: 2 },
      { label: 'rare', support: 1 },
    ])
    expect(figures.details.labels.find(({ label }) => label === 'novel')).toMatchObject({ recall: 0 })
    expect(figures.accuracy).toBeLessThan(1 - 3 / 33 + 1e-9)
  })

  it('counts rows that it cannot use, and says where a file is none', async () => {
    const test = csv('holes.csv', [...inScope, ['a text without its label', '']])
    expect((await evaluateFiles({ train, test })).n_rejected).toBe(1)
    const missing = evaluateFiles({ train: join(folder, 'none.csv'), test })
    await expect(missing).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
    const same = csv('same.csv', [['one text', 'a'] as const, ['another', 'a'] as const])
    await expect(evaluateFiles({ train: same, test })).rejects.toMatchObject({
      code: 'TOO_FEW_LABELS_IN_FILE',
    })
  })
})

describe('cross-validating a file', () => {
  it('tests each text once, and says how the folds differ', async () => {
    const figures = await evaluateFiles({ train, folds: 3 })
    expect(figures).toMatchObject({ n_train: 90, n_test: 90, n_labels: 3 })
    expect(figures.details.folds?.map(({ n_train, n_test }) => n_train + n_test)).toEqual([90, 90, 90])
    expect(figures.details.labels.reduce((sum, { support }) => sum + support, 0)).toBe(90)
    const { min, max, sd } = figures.spread!.accuracy
    expect(min).toBeLessThanOrEqual(figures.accuracy)
    expect(max).toBeGreaterThanOrEqual(figures.accuracy)
    expect(sd).toBeGreaterThanOrEqual(0)
    expect(figures.accuracy_interval[0]).toBeLessThan(figures.accuracy)
  })

  it('gives the same figures for the same seed, in whatever order the rows come', async () => {
    const timeless = async (file: string, seed: number) => {
      const {
        fit_seconds: _,
        docs_per_second: __,
        details,
        ece: ___,
        ...figures
      } = await evaluateFiles({
        train: file,
        folds: 3,
        seed,
      })
      return { ...figures, labels: details.labels, confusions: details.confusions }
    }
    const learned = rows.filter((_, i) => i % 4 !== 0)
    const forth = await timeless(train, 1)
    expect(await timeless(csv('back.csv', [...learned].reverse()), 1)).toEqual(forth)
    expect((await timeless(train, 2)).temperature).not.toBe(forth.temperature)
  })

  it('never tests a text that was learned', async () => {
    // Each label is a coin's toss, so whoever has not seen the text is right half of the time; whoever has, always.
    const tossed = Array.from(
      { length: 120 },
      (_, i) => [`${i * i} w${i}`, (i * 7) % 13 < 6 ? 'a' : 'b'] as const,
    )
    const file = csv('twice.csv', [...tossed, ...tossed])
    expect((await evaluateFiles({ train: file, folds: 4 })).accuracy).toBeLessThan(0.75)
  })

  it('refuses what cannot be dealt so', async () => {
    const few = csv('few.csv', [['one', 'a'] as const, ['two', 'b'] as const])
    for (const folds of [2, 3])
      await expect(evaluateFiles({ train: few, folds })).rejects.toMatchObject({
        code: 'TOO_FEW_TEXTS_FOR_FOLDS',
      })
    const empty = evaluateFiles({ train, test: csv('empty.csv', []) })
    await expect(empty).rejects.toMatchObject({ code: 'NO_TEXTS_IN_FILE' })
  })
})
