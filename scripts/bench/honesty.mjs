/**
 * What is promised of calibration, abstention, labels that count and the gate, measured on public data sets: a section
 * a promise, as Markdown, printed and put between the marks in `docs/internals/benchmarks.md`. Runs what `npm run build` made.
 *
 *   node scripts/bench/honesty.mjs --data <folder> [--only calibration,gate,…] [--seeds 5] [--write]
 *
 * Each section is a file of `honesty/` that exports `run({ data, seeds, log })`. With other seeds than five,
 * sections are printed only, unless `--write` says otherwise.
 */
import { parseArgs } from 'node:util'
import { load, machine, writeSection } from './page.mjs'

/** In the order of the page. */
const SECTIONS = [
  'calibration',
  'budget',
  'out-of-scope',
  'learning-curve',
  'savings',
  'queue-speed',
  'review-queue',
  'audit',
  'suspects',
  'gate',
  'drift',
]
const USUAL_SEEDS = '5'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    only: { type: 'string' },
    seeds: { type: 'string', default: USUAL_SEEDS },
    write: { type: 'boolean', default: false },
  },
})
if (values.data === undefined) stop('--data names the folder of the public data sets')
const seeds = Number(values.seeds)
if (!Number.isSafeInteger(seeds) || seeds < 1) stop('--seeds is a positive whole number')
const wanted = values.only?.split(',').map((name) => name.trim()) ?? SECTIONS
const unknown = wanted.filter((name) => !SECTIONS.includes(name))
if (unknown.length > 0) stop(`no such section: ${unknown.join(', ')}; there is ${SECTIONS.join(', ')}`)

for (const section of SECTIONS.filter((name) => wanted.includes(name))) {
  const before = load()
  const log = (line) => console.error(`${section}: ${line}`)
  const { run } = await import(`./honesty/${section}.mjs`)
  const lines = await run({ data: values.data, seeds, log })
  const markdown = `${machine(before)}\n\n${lines.join('\n')}`
  console.log(`\n## ${section}\n\n${markdown}`)
  if (values.seeds === USUAL_SEEDS || values.write) writeSection('honesty', section, markdown)
}

function stop(reason) {
  console.error(reason)
  process.exit(2)
}
