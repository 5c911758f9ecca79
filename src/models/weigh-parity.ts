import { fisherExact } from '../learning/index.ts'
import type { PairedVerdict, ParityEvidence } from './gate-evidence.ts'

/** Fewest threads of each language; with fewer only gross differences could be told from chance. */
const ENOUGH = 30
const ALPHA = 0.05
/** How much further apart than before the languages may be and still count as no further. */
const TOLERANCE = 0.01

/** A thread and whether the candidate is right; before: whether the version compared with is. */
export type JudgedInLanguage = Pick<PairedVerdict, 'language' | 'now'> & { readonly before?: boolean }

/**
 * Whether the candidate's accuracy differs between French and English beyond chance (p < 0.05, Fisher's exact test),
 * and by more than a point more than that of the version compared with, on the same threads.
 *
 * @returns undefined with fewer than 30 threads in either language
 */
export function weighParity(cases: readonly JudgedInLanguage[]): ParityEvidence | undefined {
  const french = cases.filter(({ language }) => language === 'fr')
  const english = cases.filter(({ language }) => language === 'en')
  if (french.length < ENOUGH || english.length < ENOUGH) return undefined
  const now = { french: right(french), english: right(english) }
  const p = fisherExact(
    { of: french.length, successes: now.french },
    { of: english.length, successes: now.english },
  )
  const isCompared = cases.every(({ before }) => before !== undefined)
  const before = { french: rightBefore(french), english: rightBefore(english) }
  const gap = (counts: { readonly french: number; readonly english: number }) =>
    counts.french / french.length - counts.english / english.length
  const side = Math.sign(gap(now))
  const widened = !isCompared || side * gap(now) > side * gap(before) + TOLERANCE
  return {
    french: { threads: french.length, right: now.french },
    english: { threads: english.length, right: now.english },
    p,
    ...(isCompared && { before }),
    differs: p < ALPHA && widened,
  }
}

function right(cases: readonly JudgedInLanguage[]): number {
  return cases.filter(({ now }) => now).length
}

function rightBefore(cases: readonly JudgedInLanguage[]): number {
  return cases.filter(({ before }) => before === true).length
}
