import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'

/** Where a section of the page begins and ends; `bench` is what measured it. */
const begin = (bench, section) => `<!-- bench:${bench} ${section} -->`
const end = (bench) => `<!-- /bench:${bench} -->`

/** Puts Markdown between the two comments that mark a section; all else on the page stays as it is. */
export function replaceSection(page, bench, section, markdown) {
  const from = page.indexOf(begin(bench, section))
  const to = page.indexOf(end(bench), from)
  if (from < 0 || to < 0)
    throw new Error(`the page has no place marked ${begin(bench, section)} … ${end(bench)}`)
  return `${page.slice(0, from)}${begin(bench, section)}\n\n${markdown}\n\n${page.slice(to)}`
}

/** The same on `docs/internals/benchmarks.md`. */
export function writeSection(bench, section, markdown) {
  const file = new URL('../../docs/internals/benchmarks.md', import.meta.url)
  writeFileSync(file, replaceSection(readFileSync(file, 'utf8'), bench, section, markdown))
}

export function load() {
  return loadavg()[0].toFixed(1)
}

/** The machine in a sentence; `before` is its load as the work began. */
export function machine(before) {
  const cores = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${cores[0].model.trim()}, ${cores.length} cores, ${memory} GB, Node ${process.versions.node}, ${process.platform}; load ${before} at the start, ${load()} at the end.`
}

export function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(header), `|${'---|'.repeat(header.length)}`, ...rows.map(line)].join('\n')
}

export const percent = (share) => `${(share * 100).toFixed(1)} %`
