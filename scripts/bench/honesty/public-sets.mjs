import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { trainClassifier } from '../../../dist/learning/training/train-classifier.js'

export const OUT_OF_SCOPE = 'oos'

/** Texts and labels of one file of a public data set. */
export function readSet(data, name, part) {
  const rows = parse(readFileSync(join(data, 'classification', name, `${part}.csv`)), { columns: true })
  return { texts: rows.map(({ text }) => text.trim()), labels: rows.map(({ label }) => label) }
}

/** A classifier of a whole set, by the first seed. */
export function trainOn(set, input = {}) {
  return trainClassifier({ ...set, seed: 1, ...input })
}

/** What a classifier says of texts: confidences of the likeliest labels, and whether they are right. */
export function judge(classifier, { texts, labels }) {
  const verdicts = classifier.classifyAll(texts)
  return {
    verdicts,
    confidences: Float64Array.from(verdicts, ({ confidence }) => confidence),
    correct: Uint8Array.from(verdicts, ({ label }, at) => (label === labels[at] ? 1 : 0)),
  }
}

export const percent = (share, digits = 1) => `${(share * 100).toFixed(digits)} %`

/** A Markdown table. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}
