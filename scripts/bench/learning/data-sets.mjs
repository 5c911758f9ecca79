import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { dealFolds } from '../../../dist/learning/training/folds.js'
import { drawMadeSet, madeSets } from './made-sets.mjs'
import { readFirstTags } from './stack-exchange.mjs'

const FOLDS = 5
/** A facet of two labels, one rare: is something pending? Of banking77's questions, 6 % ask that. */
const RARE = /pending/

/**
 * The work by name, the smallest first. Each is read when asked for, and gives `{ measure, folds, positive? }`; a fold
 * has `train` and `test` rows of `{ text, label, language }`; `positive` is the label whose average precision counts.
 */
export function dataSets(data) {
  const csv = (name, language) => readLabelled(join(data, 'classification', `${name}.csv`), language)
  const split = (train, test, language) => () =>
    accuracyOf([{ train: csv(train, language), test: csv(test, language) }])
  const dump = (name) => async () => {
    const folder = join(data, 'threads/stackexchange', name)
    return accuracyOf(inFolds(await readFirstTags(folder, FOLDS)))
  }
  const banking = ['banking77/train', 'banking77/test', 'en']
  const labour = ['code-du-travail-fr/train', 'code-du-travail-fr/test', 'fr']
  const made = Object.fromEntries(
    Object.entries(madeSets).map(([name, set]) => [
      name,
      () =>
        accuracyOf(
          drawMadeSet(set, csv(`${set.of}/train`, set.language), csv(`${set.of}/test`, set.language)),
        ),
    ]),
  )
  return {
    ...made,
    'datascience.meta': dump('datascience.meta_2024'),
    ai: dump('ai_2016'),
    quantumcomputing: dump('quantumcomputing'),
    'banking77 5-shot': split('banking77/train_5', 'banking77/test_fewshot', 'en'),
    'banking77 10-shot': split('banking77/train_10', 'banking77/test_fewshot', 'en'),
    'rare label': () => ({
      measure: 'average precision',
      positive: 'rare',
      folds: [{ train: csv(banking[0], 'en').map(orOther), test: csv(banking[1], 'en').map(orOther) }],
    }),
    banking77: split(...banking),
    'code-du-travail-fr': split(...labour),
    union: () =>
      accuracyOf([
        {
          train: [...csv(banking[0], 'en'), ...csv(labour[0], 'fr')],
          test: [...csv(banking[1], 'en'), ...csv(labour[1], 'fr')],
        },
      ]),
    clinc150: split('clinc150/train', 'clinc150/test', 'en'),
  }
}

/** Rows of a CSV file with columns `text,label`; those out of scope (`oos`) have no right label and are left out. */
export function readLabelled(file, language) {
  if (!existsSync(file)) throw new Error(`there is no ${file}`)
  return parse(readFileSync(file), { columns: true, bom: true })
    .filter(({ label }) => label !== 'oos')
    .map(({ text, label }) => ({ text, label, language }))
}

function accuracyOf(folds) {
  return { measure: 'accuracy', folds }
}

function orOther(row) {
  return { ...row, label: RARE.test(row.label) ? 'rare' : 'other' }
}

function inFolds(rows) {
  const numbersOf = (values) => {
    const numbers = new Map()
    return Int32Array.from(values, (value) => {
      if (!numbers.has(value)) numbers.set(value, numbers.size)
      return numbers.get(value)
    })
  }
  const foldOf = dealFolds(
    numbersOf(rows.map(({ label }) => label)),
    numbersOf(rows.map(({ text }) => text)),
    FOLDS,
    1,
  )
  return Array.from({ length: FOLDS }, (_, fold) => ({
    train: rows.filter((_, row) => foldOf[row] !== fold),
    test: rows.filter((_, row) => foldOf[row] === fold),
  }))
}
