import { type Detector, type Finding, withoutOverlaps } from './finding.ts'

export type IdentifierKind = 'customer-number' | 'order-number'

/** How a company writes its customer or order numbers. */
export interface IdentifierPattern {
  readonly kind: IdentifierKind
  /** `#` is a digit, `@` a letter, `*` either; anything else is itself, in either case. */
  readonly pattern: string
}

const SHORTEST = 4
const LONGEST = 40
const FEWEST_DIGITS = 3
const PART: Readonly<Record<string, string>> = { '#': '[0-9]', '@': '[A-Za-z]', '*': '[A-Za-z0-9]' }
const WRITTEN = /^(customer-number|order-number)=(.+)$/

/**
 * Reads `order-number=CMD-######`.
 *
 * Patterns have a length and nothing in them repeats, so that none can be slow. A pattern that would find ordinary
 * words or short numbers is none.
 *
 * @returns undefined when it is not one
 */
export function parseIdentifierPattern(written: string): IdentifierPattern | undefined {
  const [, kind, pattern] = WRITTEN.exec(written.trim()) ?? []
  if (kind === undefined || pattern === undefined) return undefined
  const isLong = pattern.length >= SHORTEST && pattern.length <= LONGEST
  const digits = [...pattern].filter((each) => each === '#' || /\d/.test(each)).length
  if (!isLong || digits < FEWEST_DIGITS || !/[#@*]/.test(pattern) || !/^[\x21-\x7e]+$/.test(pattern)) return undefined
  return { kind: kind as IdentifierKind, pattern }
}

/** Finds what is written as one of the patterns; what touches a letter or digit is part of something else. */
export function identifierDetector(patterns: readonly IdentifierPattern[]): Detector {
  const searches = patterns.map(({ kind, pattern }) => ({ kind, search: toRegExp(pattern) }))
  return (text) => {
    const findings: Finding[] = []
    for (const { kind, search } of searches) {
      for (const { 0: found, index } of text.matchAll(search))
        findings.push({ kind, start: index, end: index + found.length })
    }
    return withoutOverlaps(findings)
  }
}

function toRegExp(pattern: string): RegExp {
  const parts = [...pattern].map((each) => PART[each] ?? each.replace(/[$()*+./?[\\\]^{|}]/, '\\$&'))
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join('')})(?![\\p{L}\\p{N}])`, 'giu')
}
