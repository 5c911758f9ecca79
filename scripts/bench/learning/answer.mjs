import { readFileSync } from 'node:fs'

/** Passes over the test texts stop here: the first is slow in whatever compiles as it runs. */
const PASSES = 3
const ENOUGH_SECONDS = 2

/**
 * What a contender's process does: fits each fold of the task named on the command line, classifies its test rows,
 * and prints one JSON line.
 *
 * @param fit (rows, task) → `{ classifyAll(rows) → [{ label, score }], bytes() }`; `score` says how much a row looks
 *   like `task.positive` and is only read where a task has that
 */
export async function answer(fit) {
  const task = JSON.parse(readFileSync(process.argv[2], 'utf8'))
  const folds = []
  for (const { train, test } of task.folds) {
    const start = performance.now()
    const model = await fit(train, task)
    const fitSeconds = (performance.now() - start) / 1000
    const { seconds, verdicts } = await classify(model, test)
    folds.push({ fitSeconds, classifySeconds: seconds, bytes: await model.bytes(), verdicts })
  }
  process.stdout.write(JSON.stringify(folds))
}

async function classify(model, rows) {
  let [best, total, verdicts] = [Infinity, 0, []]
  for (let pass = 0; pass < PASSES && total < ENOUGH_SECONDS; pass++) {
    const start = performance.now()
    verdicts = await model.classifyAll(rows)
    const seconds = (performance.now() - start) / 1000
    best = Math.min(best, seconds)
    total += seconds
  }
  return { seconds: best, verdicts }
}
