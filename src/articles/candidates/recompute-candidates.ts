import { setImmediate } from 'node:timers/promises'
import { newId } from '../../platform/ids.ts'
import { articlesOf } from './articles-of-threads.ts'
import type { Candidate, Demand } from './candidate.ts'
import type { CandidateChanges, Membership } from './candidate-store.ts'
import type { CandidateDeps } from './deps.ts'
import {
  type GatheredThread,
  gatherThreads,
  nearArticles,
  nearThreads,
  viewsAMonth,
} from './gather-threads.ts'
import { type Gathering, groupThreads, type ThreadGroup } from './group-threads.ts'
import { scheduleReweighing } from './ranking/reweigh-candidates.ts'
import { scoreOf, type Weights } from './ranking/worth.ts'
import { typeCandidate } from './typing/type-candidate.ts'
import type { TypedCandidate } from './typing/types.ts'

/** Threads computed together. */
const CHUNK = 10
/** Other processes may write candidates meanwhile; more often than this, the job fails and is tried later. */
const ATTEMPTS = 20

/**
 * Brings the candidates of these threads up to date, and those of threads that ask the same: which threads are one
 * candidate, its type, and what an article would be worth.
 */
export async function recomputeCandidates(
  deps: CandidateDeps,
  threadIds: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  for (let from = 0; from < threadIds.length; from += CHUNK) {
    await setImmediate()
    signal?.throwIfAborted()
    await deps.inOrder(() => recomputeSome(deps, threadIds.slice(from, from + CHUNK)))
  }
}

async function recomputeSome(deps: CandidateDeps, threadIds: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const position = await deps.candidates.position()
    const changes = await computeChanges(deps, threadIds)
    if (changes.put.length + changes.freed.length + changes.removed.length === 0) return
    if (await deps.candidates.apply(position, changes)) return scheduleReweighing(deps)
  }
  throw new Error('other processes wrote candidates all the time')
}

/** @param threadIds those that changed */
async function computeChanges(deps: CandidateDeps, threadIds: readonly string[]): Promise<CandidateChanges> {
  const changed = new Set(threadIds)
  const gathering = await gather(deps, threadIds)
  await readEach(gathering)
  const present = new Set(gathering.threads.map(({ id }) => id))
  const freed = gathering.memberships.flatMap(({ threadId }) => (present.has(threadId) ? [] : [threadId]))
  const found = promotedElsewhere(gathering)
  const put: CandidateChanges['put'][number][] = []
  const kept = new Set<string>()
  const { weights } = await deps.weights.current()
  const membershipOf = new Map(gathering.memberships.map((each) => [each.threadId, each]))

  for (const group of groupThreads({ ...gathering, candidates: found })) {
    const { candidate, threads } = group
    if (candidate !== undefined && isUnchanged(group, gathering.memberships, changed)) {
      kept.add(candidate.id)
      continue
    }
    const next =
      candidate !== undefined && candidate.state !== 'open'
        ? candidate
        : await candidateOf(deps, group, gathering)
    if (next === undefined) {
      freed.push(...threads.flatMap(({ id }) => (membershipOf.has(id) ? [id] : [])))
      continue
    }
    kept.add(next.id)
    put.push(placed(next, threads, membershipOf))
  }
  for (const candidate of found) {
    if (candidate.state === 'open' || put.some((each) => each.candidate.id === candidate.id)) continue
    const threads = gathering.threads.filter(({ id }) => membershipOf.get(id)?.candidateId === candidate.id)
    if (threads.some(({ id }) => changed.has(id))) put.push(placed(candidate, threads, membershipOf))
  }
  const removed = found.flatMap(({ id, state }) => (state === 'open' && !kept.has(id) ? [id] : []))
  return { put: await withDemand(deps, put, { gathering, weights }), freed, removed }
}

/** The changed threads, what may ask the same, and all threads of the candidates that any of them is in. */
async function gather(deps: CandidateDeps, threadIds: readonly string[]): Promise<Gathering> {
  const changed = await gatherThreads(deps, threadIds)
  const near = await nearThreads(deps, changed)
  const touched = await deps.candidates.membershipsOf([...new Set([...threadIds, ...near])])
  const candidateIds = [...new Set(touched.map(({ candidateId }) => candidateId))]
  const memberships = await deps.candidates.membersOf(candidateIds)
  const known = new Set(threadIds)
  const others = [...near, ...memberships.map(({ threadId }) => threadId)].filter((id) => !known.has(id))
  const threads = [...changed, ...(await gatherThreads(deps, [...new Set(others)]))]
  return {
    threads,
    candidates: await deps.candidates.of(candidateIds),
    memberships,
    duplicates: await deps.threads.duplicatesOf(threads.map(({ id }) => id)),
    termWeight: await deps.search.termWeight(),
    readings: deps.readings,
  }
}

/** Reads what was not read before, and lets other work in between. */
async function readEach({ threads, readings }: Gathering): Promise<void> {
  for (const thread of threads)
    if (!readings.has(thread)) {
      readings.of(thread)
      await setImmediate()
    }
}

/** The candidates as they are; promoted where one of their threads was, from a page of the thread. */
function promotedElsewhere({ candidates, memberships, threads }: Gathering): Candidate[] {
  const articles = new Map(threads.map(({ id, articleId }) => [id, articleId]))
  return candidates.map((candidate) => {
    if (candidate.state !== 'open') return candidate
    const became = memberships
      .filter(({ candidateId }) => candidateId === candidate.id)
      .flatMap(({ threadId }) => articles.get(threadId) ?? [])[0]
    return became === undefined
      ? candidate
      : { ...candidate, state: 'promoted', outcomeArticleId: became, decisionId: undefined }
  })
}

/** Whether none of the group changed, and it is what its candidate was. */
function isUnchanged(
  { candidate, threads }: ThreadGroup,
  memberships: readonly Membership[],
  changed: ReadonlySet<string>,
): boolean {
  const before = memberships.filter(({ candidateId }) => candidateId === candidate?.id)
  return (
    !threads.some(({ id }) => changed.has(id)) &&
    before.length === threads.length &&
    before.every(({ threadId }) => threads.some(({ id }) => id === threadId))
  )
}

async function typeGroup(
  deps: CandidateDeps,
  { candidate, threads, articleIds }: ThreadGroup,
  { termWeight, readings }: Gathering,
): Promise<TypedCandidate> {
  const near = await nearArticles(deps, threads.slice(0, CHUNK))
  await setImmediate()
  const about = candidate?.articleId === undefined ? [] : [candidate.articleId]
  const articles = await articlesOf(deps.db, [...new Set([...articleIds, ...about, ...near])])
  return typeCandidate({
    threads,
    articles,
    termWeight,
    analyser: readings.analyser,
  })
}

/** The open candidate that a group is, but for what is counted of it; undefined where it deserves no article. */
async function candidateOf(
  deps: CandidateDeps,
  group: ThreadGroup,
  gathering: Gathering,
): Promise<Candidate | undefined> {
  const typed = await typeGroup(deps, group, gathering)
  if (typed.type === 'none') return undefined
  return {
    id: group.candidate?.id ?? newId('cnd', deps.clock.now()),
    leadId: '',
    language: group.threads[0]?.language ?? 'und',
    type: typed.type,
    articleId: typed.type === 'create' ? undefined : typed.articleId,
    evidence: typed.evidence,
    demand: { views: 0, askings: 0, failedSearches: group.candidate?.demand.failedSearches, lastAt: '' },
    score: 0,
    state: 'open',
  }
}

function placed(
  candidate: Candidate,
  threads: readonly GatheredThread[],
  memberships: ReadonlyMap<string, Membership>,
): CandidateChanges['put'][number] {
  return {
    candidate,
    threads: threads.map(({ id }) => {
      const before = memberships.get(id)
      return { threadId: id, movedBy: before?.candidateId === candidate.id ? before.movedBy : undefined }
    }),
  }
}

/** Counts what candidates are worth, over all of their threads, and chooses the thread that stands for each. */
async function withDemand(
  deps: CandidateDeps,
  put: CandidateChanges['put'],
  { gathering, weights }: { readonly gathering: Gathering; readonly weights: Weights },
): Promise<CandidateChanges['put']> {
  const byId = new Map(gathering.threads.map((thread) => [thread.id, thread]))
  const of = put.map(({ candidate, threads }) => {
    const own = new Set(threads.map(({ threadId }) => threadId))
    // What was declined keeps the threads that it had, beside those that join it.
    if (candidate.state !== 'open')
      for (const { threadId, candidateId } of gathering.memberships)
        if (candidateId === candidate.id) own.add(threadId)
    return { candidate, threads, own: [...own].flatMap((id) => byId.get(id) ?? []) }
  })
  const facts = of.flatMap(({ own }) => own.map((thread) => thread.facts))
  const views = await viewsAMonth(deps, facts)
  return of.map(({ candidate, threads, own }) => {
    const demand = { ...demandOf(own, views), failedSearches: candidate.demand.failedSearches }
    const lead = candidate.state === 'open' ? leadOf(candidate, own, views) : byId.get(candidate.leadId)
    return {
      threads,
      candidate: {
        ...candidate,
        leadId: lead?.id ?? candidate.leadId,
        category: lead?.category ?? candidate.category,
        demand,
        score: scoreOf(demand, weights, deps.clock.now()),
      },
    }
  })
}

function demandOf(threads: readonly GatheredThread[], views: ReadonlyMap<string, number>): Demand {
  const last = threads
    .map(({ facts }) => facts.updatedAt)
    .sort()
    .at(-1)
  return {
    views: threads.reduce((sum, { id }) => sum + (views.get(id) ?? 0), 0),
    askings: threads.length,
    lastAt: last ?? new Date(0).toISOString(),
  }
}

/** Of the threads with a solution the most viewed, then the first: an article is made from it. */
function leadOf(
  { evidence }: Candidate,
  threads: readonly GatheredThread[],
  views: ReadonlyMap<string, number>,
): GatheredThread | undefined {
  const solved = new Set(evidence.solutions.map(({ threadId }) => threadId))
  const rank = ({ id }: GatheredThread) => (solved.has(id) ? 1 : 0)
  return [...threads].sort(
    (a, b) => rank(b) - rank(a) || (views.get(b.id) ?? 0) - (views.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1),
  )[0]
}
