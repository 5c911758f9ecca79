import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'

/** Where a section of the page begins; `end` closes each. */
const begin = (section) => `<!-- bench:learning ${section} -->`
const end = '<!-- /bench:learning -->'

/** Puts Markdown between the two comments that mark a section; all else on the page stays as it is. */
export function replaceSection(page, section, markdown) {
  const from = page.indexOf(begin(section))
  const to = page.indexOf(end, from)
  if (from < 0 || to < 0) throw new Error(`the page has no place marked ${begin(section)} … ${end}`)
  return `${page.slice(0, from)}${begin(section)}\n\n${markdown}\n\n${page.slice(to)}`
}

export function writeSection(file, section, markdown) {
  writeFileSync(file, replaceSection(readFileSync(file, 'utf8'), section, markdown))
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

/** One row a contender and data set; `results` is data set → contender → figures or why it was left out. */
export function scoreTable(results) {
  const rows = [...results].flatMap(([name, { measure, byContender }]) => {
    const yardstick = byContender.get('LinearSVC').figures?.fitSeconds
    return [...byContender].map(([contender, { figures, leftOut }], i) => {
      const first = i > 0 ? '' : measure === 'accuracy' ? name : `${name} (${measure})`
      if (figures === undefined) return [first, contender, leftOut, '', '', '', '']
      return [
        first,
        contender,
        percent(figures.score),
        `${digits(figures.fitSeconds)} s`,
        yardstick === undefined ? '–' : digits(figures.fitSeconds / yardstick),
        String(Number(figures.textsPerSecond.toPrecision(2))),
        megabytes(figures.bytes),
      ]
    })
  })
  return table(['set', 'classifier', 'accuracy', 'fit', '× LinearSVC', 'texts/s', 'artefact'], rows)
}

/** Each side of the union within it, and from a model of its own where that was trained in the same run. */
export function unionTable(results) {
  const union = results.get('union')
  if (union === undefined) return ''
  const sides = { en: 'banking77', fr: 'code-du-travail-fr' }
  const rows = [...union.byContender]
    .filter(([, { figures }]) => figures !== undefined)
    .map(([contender, { figures }]) => [
      contender,
      ...Object.entries(sides).flatMap(([language, set]) => {
        const own = results.get(set)?.byContender.get(contender)?.figures
        return [own === undefined ? '–' : percent(own.score), percent(figures.byLanguage[language])]
      }),
    ])
  const header = Object.values(sides).flatMap((set) => [`${set} alone`, 'within the union'])
  return table(['classifier', ...header], rows)
}

export const percent = (share) => `${(share * 100).toFixed(1)} %`
export const megabytes = (bytes) => `${digits(bytes / 1e6)} MB`
export const digits = (value) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
