/**
 * What looks like giving up, in one visit to the help centre:
 *
 * - `searches`: three different searches, each within a quarter of an hour of the one before, and nothing opened meanwhile.
 *   Each of them counts, and each that follows in the same way.
 * - `no`: *no* to whether an article solved the problem, until the same visit says *yes* that day.
 * - `asked`: a question sent within half an hour of reading a page, or of searching where no page was read.
 */
export const SIGNS = ['searches', 'no', 'asked'] as const
export type Sign = (typeof SIGNS)[number]

/** Different searches without an opening. */
export const SEARCHES_IN_VAIN = 3
/** What is asked later than this is another matter. */
export const SAME_MATTER_MS = 15 * 60_000
/** A question sent later than this after a page was read has another reason. */
export const ASKED_AFTER_MS = 30 * 60_000

/** Signs of one visit that are kept a day: nobody who wants something gives up more often. */
export const MOST_A_VISIT = 20
/** Signs of a day that are kept: more would be a flood. */
export const MOST_A_DAY = 10_000

/** A search of a visit, and when it last led to an opening. Times are ISO 8601, UTC. */
export interface VisitSearch {
  readonly askedAt: string
  readonly openedAt?: string
}

/**
 * The latest searches of a visit after which nothing was opened, up to a moment.
 *
 * @param searches of one visit, the latest first
 * @param at where later ones are left out
 */
export function searchesInVain<Search extends VisitSearch>(
  searches: readonly Search[],
  at: string,
): readonly Search[] {
  const opened = searches.flatMap(({ openedAt }) =>
    openedAt !== undefined && openedAt <= at ? openedAt : [],
  )
  const since = opened.sort().at(-1) ?? ''
  const inVain: Search[] = []
  let next = Date.parse(at)
  for (const search of searches) {
    if (search.askedAt > at) continue
    const asked = Date.parse(search.askedAt)
    if (search.askedAt <= since || next - asked > SAME_MATTER_MS) break
    inVain.push(search)
    next = asked
  }
  return inVain
}
