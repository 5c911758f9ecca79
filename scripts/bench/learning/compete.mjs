import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { judge } from './judge.mjs'
import { runChild } from './run-child.mjs'

/** A contender whose work took longer than this once is not asked to repeat it. */
const SLOW_SECONDS = 60

/**
 * Lets contenders do one piece of work after the other, each in a process of its own. The runs interleave (A B A B), so
 * that what else the machine does hits everybody; of each contender's runs the fastest counts.
 *
 * @param limits `{ runs, minutes }`: repetitions, and how long one may take
 */
export function createCompetition(contenders, folder, limits, tell) {
  /** Contender → the smallest work that took it too long: nothing larger is tried. */
  const tooLarge = new Map()

  return async function compete(name, task) {
    const file = join(folder, 'task.json')
    writeFileSync(file, JSON.stringify(task))
    const size = sizeOf(task)
    const results = new Map(Object.keys(contenders).map((contender) => [contender, {}]))
    for (let run = 0; run < limits.runs; run++) {
      for (const [contender, result] of results) {
        if (result.leftOut !== undefined || result.slow) continue
        const reason = reasonToSkip(contender, size)
        if (reason !== undefined) {
          result.leftOut = reason
          tell(`${name}: ${contender} left out: ${reason}`)
          continue
        }
        const start = performance.now()
        const outcome = await runChild(...contenders[contender].command(file), {
          seconds: limits.minutes * 60,
          scratch: folder,
        })
        const seconds = (performance.now() - start) / 1000
        if (outcome.failure !== undefined) {
          if (outcome.late) tooLarge.set(contender, { name, size })
          result.leftOut = outcome.failure
          tell(`${name}: ${contender} left out: ${outcome.failure}`)
          continue
        }
        const found = judge(task, outcome.value)
        result.slow = seconds > SLOW_SECONDS
        result.figures = fastest(result.figures, found)
        tell(`${name}: ${contender}, run ${run + 1}: fit ${found.fitSeconds.toFixed(2)} s`)
      }
    }
    return results
  }

  function reasonToSkip(contender, size) {
    const { missing } = contenders[contender]
    if (missing !== undefined) return missing
    const before = tooLarge.get(contender)
    if (before === undefined || size < before.size) return undefined
    return `over ${limits.minutes} min on ${before.name}, which is no larger`
  }
}

/** What a solver's time grows with at least: characters to learn from, times labels. */
function sizeOf({ folds }) {
  return folds.reduce((sum, { train }) => {
    const characters = train.reduce((length, { text }) => length + text.length, 0)
    return sum + characters * new Set(train.map(({ label }) => label)).size
  }, 0)
}

function fastest(before = { fitSeconds: Infinity, textsPerSecond: 0 }, found) {
  return {
    ...found,
    fitSeconds: Math.min(before.fitSeconds, found.fitSeconds),
    textsPerSecond: Math.max(before.textsPerSecond, found.textsPerSecond),
  }
}
