import type { StrategyCurve } from '../evaluation/replay-files.ts'

const WIDTH = 760
const HEIGHT = 460
const MARGIN = { left: 64, right: 24, top: 24, bottom: 56 }
/** Told apart by the colour-blind (Okabe & Ito 2008). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']

/** Learning curves as an SVG page: the mean of each strategy as a line, from its lowest to its highest replay a band. */
export function plotCurves(curves: readonly StrategyCurve[]): string {
  const points = curves.flatMap((curve) => curve.points)
  const labels = axisOf(0, Math.max(1, ...points.map((point) => point.labels)))
  const shares = axisOf(
    Math.min(1, ...points.map(({ lowest }) => lowest)),
    Math.max(0.01, ...points.map(({ highest }) => highest)),
  )
  const x = (value: number) => round(MARGIN.left + labels.place(value) * (WIDTH - MARGIN.left - MARGIN.right))
  const y = (value: number) =>
    round(HEIGHT - MARGIN.bottom - shares.place(value) * (HEIGHT - MARGIN.top - MARGIN.bottom))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13" role="img">`,
    '<title>Accuracy by number of labels</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...shares.ticks.map(
      (tick) =>
        `<path d="M${x(0)} ${y(tick)}H${WIDTH - MARGIN.right}" stroke="#ddd"/>` +
        `<text x="${MARGIN.left - 8}" y="${y(tick) + 4}" text-anchor="end">${round(tick * 100)}%</text>`,
    ),
    ...labels.ticks.map(
      (tick) =>
        `<path d="M${x(tick)} ${HEIGHT - MARGIN.bottom}v5" stroke="#333"/>` +
        `<text x="${x(tick)}" y="${HEIGHT - MARGIN.bottom + 20}" text-anchor="middle">${tick}</text>`,
    ),
    `<path d="M${MARGIN.left} ${MARGIN.top}V${HEIGHT - MARGIN.bottom}H${WIDTH - MARGIN.right}" fill="none" stroke="#333"/>`,
    `<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 14}" text-anchor="middle">labels</text>`,
    `<text transform="translate(16 ${(MARGIN.top + HEIGHT - MARGIN.bottom) / 2}) rotate(-90)" text-anchor="middle">accuracy</text>`,
    ...curves.map(({ points: own }, at) => {
      const colour = COLOURS[at % COLOURS.length]
      const upper = own.map((point) => `${x(point.labels)} ${y(point.highest)}`)
      const lower = own.map((point) => `${x(point.labels)} ${y(point.lowest)}`).reverse()
      const mean = own.map((point) => `${x(point.labels)} ${y(point.accuracy)}`)
      return (
        `<path d="M${[...upper, ...lower].join('L')}Z" fill="${colour}" fill-opacity="0.18"/>` +
        `<path d="M${mean.join('L')}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>`
      )
    }),
    ...curves.map(({ strategy }, at) => {
      const row = HEIGHT - MARGIN.bottom - 18 - 20 * (curves.length - 1 - at)
      return (
        `<path d="M${WIDTH - 180} ${row}h24" stroke="${COLOURS[at % COLOURS.length]}" stroke-width="2"/>` +
        `<text x="${WIDTH - 148}" y="${row + 4}">${strategy}</text>`
      )
    }),
    '</svg>\n',
  ].join('\n')
}

/** An axis that begins and ends on round numbers, with four to ten of them. */
function axisOf(lowest: number, highest: number) {
  const rough = Math.max(highest - lowest, 1e-6) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough)!
  const from = Math.floor(lowest / step)
  const to = Math.max(from + 1, Math.ceil(highest / step))
  return {
    ticks: Array.from({ length: to - from + 1 }, (_, at) => Number(((from + at) * step).toPrecision(12))),
    place: (value: number) => (value / step - from) / (to - from),
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
