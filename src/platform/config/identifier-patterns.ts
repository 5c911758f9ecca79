/** How a company writes its customer or order numbers: `#` is a digit, `@` a letter, `*` either, the rest is itself. */
export interface IdentifierPattern {
  readonly kind: 'customer-number' | 'order-number'
  readonly pattern: string
}

export const IDENTIFIER_PATTERNS_EXPECTED =
  'patterns such as order-number=CMD-######,customer-number=CL######## (# is a digit, @ a letter, * either); at most 50, each of 4 to 40 characters with at least 3 digits'

const WRITTEN = /^(customer-number|order-number)=([\x21-\x2b\x2d-\x7e]{4,40})$/
const FEWEST_DIGITS = 3
const MOST = 50

/** Reads patterns with commas between them; undefined when one of them is none, or would find ordinary words. */
export function parseIdentifierPatterns(text: string): IdentifierPattern[] | undefined {
  const patterns = text.split(',').flatMap((written) => {
    const [, kind, pattern] = WRITTEN.exec(written.trim()) ?? []
    if (kind === undefined || pattern === undefined || !/[#@*]/.test(pattern)) return []
    const digits = pattern.replace(/[^#\d]/g, '').length
    return digits < FEWEST_DIGITS ? [] : [{ kind: kind as IdentifierPattern['kind'], pattern }]
  })
  return patterns.length === text.split(',').length && patterns.length <= MOST ? patterns : undefined
}
