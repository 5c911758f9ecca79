/** The languages that Entraide speaks. */
export type SpokenLanguage = 'en' | 'fr'

/**
 * The language that a caller would rather read, by their `Accept-Language` (RFC 9110, 12.5.4): the one of greater weight,
 * of equal ones the first; English where they name neither.
 */
export function preferredLanguage(header: string | undefined): SpokenLanguage {
  if (header === undefined) return 'en'
  let best: { language: SpokenLanguage; weight: number } | undefined
  for (const part of header.slice(0, 1000).split(',')) {
    const [range = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase())
    const language = range.split('-')[0]
    if (language !== 'en' && language !== 'fr') continue
    const given = parameters.find((each) => each.startsWith('q='))
    const weight = given === undefined ? 1 : Number(given.slice(2))
    if (weight > 0 && (best === undefined || weight > best.weight)) best = { language, weight }
  }
  return best?.language ?? 'en'
}
