import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/learning/evaluation/evaluate.ts'
import { trainClassifier } from '../../src/learning/training/train-classifier.ts'

const folder = process.env.ENTRAIDE_EVAL_DATA

function read(name: string): { texts: string[]; labels: string[] } {
  const rows: { text: string; label: string }[] = parse(readFileSync(join(folder!, 'classification', name)), {
    columns: true,
  })
  return { texts: rows.map((row) => row.text), labels: rows.map((row) => row.label) }
}

function figures(train: string, test: string) {
  const classifier = trainClassifier({ ...read(train), seed: 1 })
  const { texts, labels } = read(test)
  return evaluate(
    classifier.classifyAll(texts).map(({ label, confidence, decision }, i) => ({
      truth: labels[i]!,
      label,
      confidence,
      assigned: decision === 'assigned',
    })),
  )
}

const title = folder ? 'on public data' : 'on public data (skipped: ENTRAIDE_EVAL_DATA is not set)'

describe.skipIf(!folder)(title, { timeout: 180_000 }, () => {
  it('labels banking77 right in 90.5 % of cases, and keeps the risk budget among what it assigns', () => {
    const found = figures('banking77/train.csv', 'banking77/test.csv')
    expect(found.accuracy).toBeGreaterThanOrEqual(0.905)
    expect(found.selective_risk).toBeLessThanOrEqual(0.05)
    expect(found.coverage).toBeGreaterThan(0.8)
    expect(found.ece).toBeLessThanOrEqual(0.02)
  })

  it('labels banking77 right in 64 % of cases from five examples a label', () => {
    expect(figures('banking77/train_5.csv', 'banking77/test_fewshot.csv').accuracy).toBeGreaterThan(0.64)
  })

  it('labels French questions on labour law among 273 intents right in 82 % of cases', () => {
    expect(figures('code-du-travail-fr/train.csv', 'code-du-travail-fr/test.csv').accuracy).toBeGreaterThan(
      0.82,
    )
  })
})
