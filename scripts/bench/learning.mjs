/**
 * The classifier beside what one can install instead: the same work in one run, as Markdown tables, printed and put
 * between the marks in `docs/internals/benchmarks.md`. Runs what `npm run build` made.
 *
 *   node scripts/bench/learning.mjs --data <folder> [--only banking77,union,…] [--quick] [--runs 3] [--minutes 5]
 *     [--python python3] [--latency] [--growth] [--write]
 *
 * `--only` names data sets, `retraining`, `latency` or `growth`; the latter two also have options of their own, since
 * they take minutes more. `--quick` runs everything once and gives a contender two minutes. A partial or quick table of
 * the data sets is printed only, unless `--write` says otherwise.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createCompetition } from './learning/compete.mjs'
import { findContenders } from './learning/contenders.mjs'
import { dataSets } from './learning/data-sets.mjs'
import { growth, latency, retraining } from './learning/extras.mjs'
import { scoreTable, unionTable } from './learning/report.mjs'
import { load, machine, writeSection } from './page.mjs'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    runs: { type: 'string' },
    minutes: { type: 'string' },
    python: { type: 'string', default: 'python3' },
    latency: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
if (values.data === undefined) stop('--data names the folder of the public data sets')
const runs = Number(values.runs ?? (values.quick ? 1 : 3))
const minutes = Number(values.minutes ?? (values.quick ? 2 : 5))
if (!(runs >= 1) || !(minutes > 0)) stop('--runs and --minutes are positive numbers')

const sets = dataSets(values.data)
const extras = ['retraining', 'latency', 'growth']
const wanted = values.only?.split(',').map((name) => name.trim()) ?? [...Object.keys(sets), 'retraining']
for (const extra of ['latency', 'growth']) if (values[extra] && !wanted.includes(extra)) wanted.push(extra)
const unknown = wanted.filter((name) => !Object.hasOwn(sets, name) && !extras.includes(name))
if (unknown.length > 0) {
  stop(`no such work: ${unknown.join(', ')}; there is ${[...Object.keys(sets), ...extras].join(', ')}`)
}

const folder = mkdtempSync(join(tmpdir(), 'entraide-bench-'))
const tell = (line) => console.error(line)
try {
  await competeOnSets(Object.keys(sets).filter((name) => wanted.includes(name)))
  const banking = async () => {
    const file = join(folder, 'banking77.json')
    writeFileSync(file, JSON.stringify(await sets.banking77()))
    return file
  }
  await section('retraining', async () => retraining(await banking(), runs))
  await section('latency', async () => latency(await banking()))
  await section('growth', () => growth(tell))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function competeOnSets(names) {
  if (names.length === 0) return
  const before = load()
  const compete = createCompetition(findContenders(values.python), folder, { runs, minutes }, tell)
  const results = new Map()
  for (const name of names) {
    const task = await sets[name]()
    results.set(name, { measure: task.measure, byContender: await compete(name, task) })
  }
  const times = runs === 1 ? 'one run each' : `the best of ${runs} interleaved runs`
  const about = `${machine(before)} Fit times are ${times}, one thread each.`
  const markdown = [about, scoreTable(results), unionTable(results)]
    .filter((part) => part !== '')
    .join('\n\n')
  const whole = names.length === Object.keys(sets).length && !values.quick
  finish('sets', markdown, whole || values.write)
}

async function section(name, work) {
  if (!wanted.includes(name)) return
  const before = load()
  const markdown = await work()
  finish(name, `${machine(before)}\n\n${markdown}`, !values.quick || values.write)
}

function finish(name, markdown, write) {
  console.log(`\n${markdown}`)
  if (write) writeSection('learning', name, markdown)
}

function stop(reason) {
  console.error(reason)
  process.exit(2)
}
