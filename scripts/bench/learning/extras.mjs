import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { percent, table } from '../page.mjs'
import { digits } from './report.mjs'

const GROWTH = [20_000, 50_000, 100_000, 200_000]

/** What 50 new labels cost, as Markdown. `task` is a file. */
export async function retraining(task, runs) {
  const { takesParent, full, again } = await child('run-retraining.mjs', task, runs)
  const cells = (name, { seconds, accuracy }) => [
    name,
    `${digits(seconds)} s`,
    percent(seconds / full.seconds),
    percent(accuracy),
  ]
  const rows = [cells('everything', full)]
  if (takesParent) rows.push(cells('from the model before', again))
  else rows.push(['from the model before', 'not there: training takes no parent', '', ''])
  return table(['banking77, 50 new labels', 'fit', 'of a full fit', 'accuracy'], rows)
}

/** How long one verdict takes, as Markdown. */
export async function latency(task) {
  const { short, facets } = await child('run-latency.mjs', task)
  const cells = (name, { p50, p99 }) => [name, `${p50.toFixed(3)} ms`, `${p99.toFixed(3)} ms`]
  return table(
    ['one at a time', 'p50', 'p99'],
    [cells('a banking77 question', short), cells('four facets of a post of 2,000 characters', facets)],
  )
}

/** How fit time and memory grow, as Markdown. */
export async function growth(tell, sizes = GROWTH) {
  const rows = []
  for (const size of sizes) {
    const { seconds, megabytesBefore, megabytes } = await child('run-growth.mjs', size)
    tell(`growth: ${size} posts in ${digits(seconds)} s, ${megabytes.toFixed(0)} MB`)
    rows.push([
      size.toLocaleString('en'),
      `${digits(seconds)} s`,
      `${digits((seconds * 1e6) / size)} µs`,
      `${megabytes.toFixed(0)} MB`,
      `${megabytesBefore.toFixed(0)} MB`,
    ])
  }
  return table(['made-up posts', 'fit', 'a post', 'resident at most', 'of which before the fit'], rows)
}

async function child(script, ...args) {
  const path = new URL(script, import.meta.url).pathname
  const { stdout } = await promisify(execFile)(process.execPath, [path, ...args.map(String)], {
    maxBuffer: 2 ** 26,
  })
  return JSON.parse(stdout)
}
