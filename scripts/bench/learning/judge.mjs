import { averagePrecision } from '../../../dist/learning/evaluation/average-precision.js'

/**
 * Figures of one contender on one piece of work: `score` in [0, 1] by the task's measure over the rows of all folds,
 * and by language where the rows are in several; fit time and size a fold.
 */
export function judge(task, folds) {
  const rows = task.folds.flatMap(({ test }, fold) =>
    test.map((row, i) => ({ ...row, verdict: folds[fold].verdicts[i] })),
  )
  const languages = [...new Set(rows.map(({ language }) => language))]
  const seconds = folds.reduce((sum, { classifySeconds }) => sum + classifySeconds, 0)
  return {
    score: task.positive === undefined ? accuracy(rows) : precisionOf(task.positive, rows),
    byLanguage: Object.fromEntries(
      languages.map((language) => [language, accuracy(rows.filter((row) => row.language === language))]),
    ),
    fitSeconds: mean(folds.map(({ fitSeconds }) => fitSeconds)),
    textsPerSecond: rows.length / seconds,
    bytes: mean(folds.map(({ bytes }) => bytes)),
  }
}

function accuracy(rows) {
  return rows.filter(({ label, verdict }) => verdict.label === label).length / rows.length
}

function precisionOf(positive, rows) {
  return averagePrecision(
    Float64Array.from(rows, ({ verdict }) => verdict.score),
    Uint8Array.from(rows, ({ label }) => (label === positive ? 1 : 0)),
  )
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
