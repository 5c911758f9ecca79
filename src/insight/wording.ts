/** The same said to readers of either language. */
export interface Sentences {
  readonly en: string
  readonly fr: string
}

/** How figures are written in a language: `84.2%` in English, `84,2 %` in French with the space that holds together. */
export interface Wording {
  /** A share as a percentage with one digit. */
  percent(share: number): string
  /** An interval of shares. */
  between(interval: readonly [low: number, high: number]): string
  /** A difference of shares in points, with its sign. */
  points(difference: number): string
  /** An interval of such differences, in points. */
  range(interval: readonly [low: number, high: number]): string
  /** A whole number. */
  count(value: number): string
}

export const english = wordingOf('en', { range: '–', to: ' to ', point: ' point', points: ' points' })
export const french = wordingOf('fr', {
  ...{ range: ' à ', to: ' à ' },
  ...{ point: '\u00a0point', points: '\u00a0points' },
})

function wordingOf(
  locale: 'en' | 'fr',
  words: { readonly range: string; readonly to: string; readonly point: string; readonly points: string },
): Wording {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'negative' } as const
  const percent = new Intl.NumberFormat(locale, { style: 'percent', ...digits })
  const number = new Intl.NumberFormat(locale, digits)
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const plural = new Intl.PluralRules(locale, digits)
  const isOne = (value: number) => plural.select(Math.abs(value)) === 'one'
  return {
    percent: (share) => percent.format(share),
    between: ([low, high]) => `${number.format(100 * low)}${words.range}${percent.format(high)}`,
    points: (difference) =>
      `${number.format(100 * difference)}${isOne(100 * difference) ? words.point : words.points}`,
    range: ([low, high]) => `${number.format(100 * low)}${words.to}${number.format(100 * high)}`,
    count: (value) => whole.format(value),
  }
}
