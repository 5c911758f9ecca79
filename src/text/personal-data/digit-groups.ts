/** Digits that stand together. */
export interface DigitGroup {
  readonly digits: string
  readonly start: number
  readonly end: number
}

const RUN = /\d+(?:[ \u00a0\u2007\u2009\u202f./-]\d+)*/g

/**
 * Numbers as people write them: groups of digits with one separator between them (`06 12 34`, `4111-1111`), run by
 * run. What touches a letter belongs to a word or a code, and is left out.
 */
export function* digitRuns(text: string): Generator<DigitGroup[]> {
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const groups = [...run.matchAll(/\d+/g)].map(({ 0: digits, index: at }) => ({
      digits,
      start: index + at,
      end: index + at + digits.length,
    }))
    if (WORD_BEFORE.test(text.slice(Math.max(0, index - 2), index))) groups.shift()
    if (WORD_AFTER.test(text.slice(index + run.length, index + run.length + 2))) groups.pop()
    if (groups.length > 0) yield groups
  }
}

const WORD_BEFORE = /[\p{L}_]$/u
const WORD_AFTER = /^[\p{L}_]/u

/** Lengths of groups, as `4-4-4-4`. */
export function grouping(groups: readonly DigitGroup[]): string {
  return groups.map(({ digits }) => digits.length).join('-')
}
