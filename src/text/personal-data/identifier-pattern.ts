import { type Detector, type Finding, withoutOverlaps } from './finding.ts'

export type IdentifierKind = 'customer-number' | 'order-number'

/** How a company writes its customer or order numbers. Nothing in a pattern repeats, so that none can be slow. */
export interface IdentifierPattern {
  readonly kind: IdentifierKind
  /** `#` is a digit, `@` a letter, `*` either; anything else is itself, in either case. */
  readonly pattern: string
}

const PART: Readonly<Record<string, string>> = { '#': '[0-9]', '@': '[A-Za-z]', '*': '[A-Za-z0-9]' }

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
