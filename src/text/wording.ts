/** A text in both languages. */
export interface Sentences {
  readonly en: string
  readonly fr: string
}

/** How figures are written in a language: `84.2%` in English, `84,2 %` in French with a no-break space. */
export interface Wording {
  /** A share as a percentage with one digit. */
  percent(share: number): string
  /** An interval of shares: `75.8–90.3%`, `de 75,8 à 90,3 %`. */
  between(interval: readonly [low: number, high: number]): string
  /** A difference of shares in points, with its sign. */
  points(difference: number): string
  /** An interval of such differences, in points: `5.0 to 19.0`, `de 5,0 à 19,0`. */
  range(interval: readonly [low: number, high: number]): string
  /** A whole number. */
  count(value: number): string
  /** A number with so many digits after the point. */
  decimal(value: number, digits: number): string
}

export const english = wordingOf('en', {
  from: '',
  range: '–',
  to: ' to ',
  point: ' point',
  points: ' points',
})
export const french = wordingOf('fr', {
  from: 'de ',
  range: ' à ',
  to: ' à ',
  point: '\u00a0point',
  points: '\u00a0points',
})

function wordingOf(
  locale: 'en' | 'fr',
  words: Readonly<Record<'from' | 'range' | 'to' | 'point' | 'points', string>>,
): Wording {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'negative' } as const
  const percent = new Intl.NumberFormat(locale, { style: 'percent', ...digits })
  const number = new Intl.NumberFormat(locale, digits)
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const plural = new Intl.PluralRules(locale, digits)
  const isOne = (value: number) => plural.select(Math.abs(value)) === 'one'
  return {
    percent: (share) => percent.format(share),
    between: ([low, high]) => `${words.from}${number.format(100 * low)}${words.range}${percent.format(high)}`,
    points: (difference) =>
      `${number.format(100 * difference)}${isOne(100 * difference) ? words.point : words.points}`,
    range: ([low, high]) => `${words.from}${number.format(100 * low)}${words.to}${number.format(100 * high)}`,
    count: (value) => whole.format(value),
    decimal: (value, places) =>
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: places,
        maximumFractionDigits: places,
        useGrouping: false,
      }).format(value),
  }
}
