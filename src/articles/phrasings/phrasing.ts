import type { Audience } from '../../access/audience.ts'
import { stableId } from '../../platform/ids.ts'
import type { TermAnalyser } from '../../text/terms/terms.ts'

/**
 * Where a phrasing comes from: a thread that the article was made from, one that was merged into such a thread or asks
 * the same, one that somebody answered with the article, searches that it solved, or somebody who said that people call
 * it so.
 */
export const PHRASING_ORIGINS = ['added', 'thread', 'search', 'use', 'duplicate'] as const
export type PhrasingOrigin = (typeof PHRASING_ORIGINS)[number]

/** A way in which somebody put what an article answers. */
export interface Phrasing {
  /** The same for the same words, in whatever order, of one article. */
  readonly id: string
  readonly text: string
  readonly origin: PhrasingOrigin
  /** Of a search: visits that it solved. */
  readonly visitors?: number
  /** Of a thread: its id. */
  readonly threadId?: string
  /** In [0, 1]: how far it is trusted, and how old it is. */
  readonly weight: number
}

/** A way in which somebody put it, as it was found. */
export interface FoundPhrasing {
  readonly text: string
  readonly origin: PhrasingOrigin
  readonly visitors?: number
  readonly threadId?: string
  /** ISO 8601; phrasings that people added do not age. */
  readonly at: string
}

/** How far each origin is trusted: first what somebody vouches for, last what merely resembles. */
const TRUST: Readonly<Record<PhrasingOrigin, number>> = {
  added: 1,
  thread: 0.8,
  search: 0.8,
  use: 0.7,
  duplicate: 0.5,
}
/** Phrasings of an article that rank: beyond, they would crowd out what it says itself. */
export const MOST_RANKING = 8
/** Characters of them together: two thirds of what the second stage compares. */
const MOST_CHARACTERS = 600
/** Visits after which a search is a phrasing: one visitor cannot lift an article, nor can two. */
export const FEWEST_VISITORS = 3
/** Visits with which a search is trusted in full. */
const MANY_VISITORS = 10
/** A year halves what a phrasing weighs. */
const HALF_LIFE_MS = 365 * 86_400_000
/** A single word names a subject, and “Help please” nothing. */
const FEWEST_TERMS = 2
export const LONGEST_PHRASING = 200

/** What makes phrasings of one article the same: their terms, in whatever order; undefined where there are too few. */
export function keyOf(analyser: TermAnalyser, text: string, language: string): string | undefined {
  const terms = new Set<string>()
  analyser.visit(text, language, (each) => terms.add(each.join('/')))
  return terms.size < FEWEST_TERMS ? undefined : [...terms].sort().join(' ')
}

export function phrasingId(articleId: string, key: string): string {
  return stableId('phr', articleId, key)
}

/** How much a phrasing counts, in [0, 1]. */
export function weightOf({ origin, visitors = 0, at }: FoundPhrasing, now: Date): number {
  const trust = origin === 'search' ? TRUST.search * Math.min(1, visitors / MANY_VISITORS) : TRUST[origin]
  const age = origin === 'added' ? 0 : Math.max(0, now.getTime() - Date.parse(at))
  return Math.round(trust * 0.5 ** (age / HALF_LIFE_MS) * 1e4) / 1e4
}

/**
 * Phrasings once each, those that weigh most first; of the same one that is found twice, the one that weighs more.
 *
 * @param title whose words are no other phrasing
 */
export function mergePhrasings(
  analyser: TermAnalyser,
  {
    id: articleId,
    title,
    language,
  }: { readonly id: string; readonly title: string; readonly language: string },
  found: readonly FoundPhrasing[],
  now: Date,
): Phrasing[] {
  const merged = new Map<string, Phrasing>()
  const ofTitle = keyOf(analyser, title, language)
  for (const each of found) {
    const key = keyOf(analyser, each.text, language)
    if (key === undefined || key === ofTitle) continue
    const { text, origin, visitors, threadId } = each
    const id = phrasingId(articleId, key)
    const weight = weightOf(each, now)
    const before = merged.get(id)
    if (before === undefined || before.weight < weight)
      merged.set(id, { id, text, origin, visitors, threadId, weight })
  }
  return [...merged.values()].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
}

/** Those that rank, of phrasings in order: what weighs most, as far as there is room, and no search of too few. */
export function ranking(phrasings: readonly Phrasing[]): Phrasing[] {
  let left = MOST_CHARACTERS
  return phrasings
    .filter(({ origin, visitors = 0 }) => origin !== 'search' || visitors >= FEWEST_VISITORS)
    .slice(0, MOST_RANKING)
    .filter(({ text }) => {
      left -= text.length
      return left >= 0
    })
}

export const PHRASING_DECISIONS = ['added', 'removed'] as const

/** What somebody decided on a phrasing. */
export interface PhrasingDecision {
  readonly id: string
  readonly decision: (typeof PHRASING_DECISIONS)[number]
  readonly text: string
  /** Whose readers may know of it. */
  readonly audience: Audience
  readonly by: { readonly id: string; readonly name: string }
  readonly at: string
}
