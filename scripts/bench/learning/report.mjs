import { percent, table } from '../page.mjs'

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

export const megabytes = (bytes) => `${digits(bytes / 1e6)} MB`
export const digits = (value) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
