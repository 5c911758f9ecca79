import type { Candidate } from './candidate.ts'
import type { Membership } from './candidate-store.ts'
import type { GatheredThread } from './gather-threads.ts'
import { groupCandidates } from './typing/group-candidates.ts'
import type { Readings } from './typing/readings.ts'
import type { TermWeight } from './typing/types.ts'

/** Threads as they were gathered, with the candidates that they are in. */
export interface Gathering {
  readonly threads: readonly GatheredThread[]
  readonly candidates: readonly Candidate[]
  readonly memberships: readonly Membership[]
  /** Pairs that are said to ask the same. */
  readonly duplicates: readonly { readonly one: string; readonly other: string }[]
  readonly termWeight: TermWeight
  readonly readings: Readings
}

/** Threads that belong together, and what they are now. */
export interface ThreadGroup {
  /** The candidate that they are or become; a new one where it is absent. */
  readonly candidate?: Candidate
  /** Threads that are or become its own. */
  readonly threads: readonly GatheredThread[]
  /** Articles that threads of the group became, or that candidates of it led to. */
  readonly articleIds: readonly string[]
}

/**
 * Which threads are one candidate: those that ask the same, in one language. What people decided on keeps its threads;
 * a thread that asks what was declined before joins that. Where a candidate falls apart, the part with its lead is it.
 */
export function groupThreads(gathering: Gathering): ThreadGroup[] {
  const { candidates, memberships } = gathering
  const byId = new Map(candidates.map((each) => [each.id, each]))
  const candidateOf = new Map(
    memberships.map(({ threadId, candidateId }) => [threadId, byId.get(candidateId)]),
  )
  const claimed = new Set<string>()
  const groups = alike(gathering).flatMap((group): ThreadGroup[] => {
    const free = group.filter(({ id, articleId }) => isFree(candidateOf.get(id)) && articleId === undefined)
    if (free.length === 0) return []
    const settled = group.flatMap(({ id }) => candidateOf.get(id) ?? []).filter((each) => !isFree(each))
    const articleIds = [
      ...group.flatMap(({ articleId }) => articleId ?? []),
      ...settled.flatMap(({ outcomeArticleId }) => outcomeArticleId ?? []),
    ]
    const open = free
      .flatMap(({ id }) => candidateOf.get(id) ?? [])
      .filter(
        ({ id, leadId }) => candidateOf.get(leadId)?.id !== id || free.some((each) => each.id === leadId),
      )
    const candidate =
      oldest(open.filter(({ id }) => !claimed.has(id))) ??
      (free.some(({ id }) => candidateOf.get(id)) ? undefined : oldest(settled.filter(isDeclined)))
    if (candidate !== undefined) claimed.add(candidate.id)
    return [{ candidate, threads: free, articleIds: [...new Set(articleIds)] }]
  })
  return groups
}

function isFree(candidate: Candidate | undefined): boolean {
  return candidate === undefined || candidate.state === 'open'
}

function isDeclined({ state }: Candidate): boolean {
  return state === 'declined'
}

/** Ids begin with the time of their creation. */
function oldest(candidates: readonly Candidate[]): Candidate | undefined {
  return [...candidates].sort((a, b) => (a.id < b.id ? -1 : 1))[0]
}

/** Groups by words, by what links threads, and by what people merged. */
function alike({ threads, memberships, duplicates, termWeight, readings }: Gathering): GatheredThread[][] {
  const byId = new Map(threads.map((thread) => [thread.id, thread]))
  const above = new Map<string, string>()
  const top = (id: string): string => {
    const next = above.get(id)
    return next === undefined ? id : top(next)
  }
  const join = (one: string, other: string) => {
    const [first, second] = [top(one), top(other)]
    if (first !== second) above.set(second, first)
  }
  const languages = new Map<string, GatheredThread[]>()
  for (const thread of threads)
    languages.set(thread.language, [...(languages.get(thread.language) ?? []), thread])
  for (const each of languages.values())
    for (const [first, ...rest] of groupCandidates(each, termWeight, readings))
      for (const id of rest) if (first !== undefined) join(first, id)
  for (const { one, other } of duplicates)
    if (byId.has(one) && byId.get(one)?.language === byId.get(other)?.language) join(one, other)
  const own = new Map<string, string>()
  const here = memberships.filter(({ threadId }) => byId.has(threadId))
  for (const { threadId, candidateId, movedBy } of here)
    if (movedBy === undefined && !own.has(candidateId)) own.set(candidateId, threadId)
  for (const { threadId, candidateId, movedBy } of here)
    if (movedBy !== undefined) {
      const first = own.get(candidateId) ?? threadId
      own.set(candidateId, first)
      join(first, threadId)
    }
  const groups = new Map<string, GatheredThread[]>()
  for (const thread of threads) {
    const of = top(thread.id)
    groups.set(of, [...(groups.get(of) ?? []), thread])
  }
  return [...groups.values()]
}
