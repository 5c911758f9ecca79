import { setImmediate } from 'node:timers/promises'
import { CATEGORY } from '../../labels/facet.ts'
import { MESSAGE_KIND } from '../../labels/message-kind.ts'
import { plainText } from '../../text/markdown/plain-text.ts'
import { withoutLocked } from '../../threads/protections/protection-queries.ts'
import { readableThreads } from '../../threads/readable-threads.ts'
import type { ThreadFacts } from '../../threads/thread.ts'
import { actedOn } from '../../triage/measurements/measurement.ts'
import { liveArticles } from './articles-of-threads.ts'
import type { CandidateDeps } from './deps.ts'
import type { CandidateThread } from './typing/types.ts'

/** A thread as candidates are made of it. */
export interface GatheredThread extends CandidateThread {
  readonly facts: ThreadFacts
  readonly category?: string
  /** The article that it became and that is not archived. */
  readonly articleId?: string
}

/** Threads read by one query of posts, and posts of each. */
const CHUNK = 100
const MOST_POSTS = 40
/** Characters of a question by which like ones are found. */
const QUERY_TEXT = 400
const MOST_ALIKE = 10
/** Of the best hit's score: below, a thread shares a few words with the question and no more. */
const ALIKE_FROM = 0.4

/** The threads of these that may be in a candidate: shown, with a question, and not locked. */
export async function gatherThreads(
  deps: CandidateDeps,
  threadIds: readonly string[],
): Promise<GatheredThread[]> {
  const ids: string[] = await withoutLocked(
    readableThreads(deps.db, 'internal', { which: 'questioned' }).where(deps.db.among('t.id', threadIds)),
    't.id',
    'public',
  ).pluck('t.id')
  const gathered: GatheredThread[] = []
  for (let from = 0; from < ids.length; from += CHUNK)
    gathered.push(...(await gather(deps, ids.slice(from, from + CHUNK))))
  return gathered
}

async function gather(deps: CandidateDeps, ids: readonly string[]): Promise<GatheredThread[]> {
  const facts = await deps.threads.facts(ids)
  const posts = await deps.threads.postsOfEach(ids, { reader: 'internal', most: MOST_POSTS })
  const labels = await labelsOf(deps, facts)
  const articles = await liveArticles(deps.db, ids)
  return facts.map((thread) => ({
    id: thread.id,
    title: thread.title,
    language: thread.language,
    posts: posts.get(thread.id)?.posts ?? [],
    messageKind: labels.get(thread.id)?.get(MESSAGE_KIND),
    facts: thread,
    category: labels.get(thread.id)?.get(CATEGORY),
    articleId: articles.get(thread.id),
  }))
}

/** Of each thread its labels by facet: those in force, else those that the model assigned. */
async function labelsOf(
  deps: CandidateDeps,
  facts: readonly ThreadFacts[],
): Promise<Map<string, Map<string, string>>> {
  const ids = facts.map(({ id }) => id)
  const given = await deps.threadLabels.labelsOf(ids)
  const predicted = await deps.predictions.of(ids)
  const measurements = await deps.measurements.current()
  return new Map(
    facts.map(({ id, source }) => [
      id,
      new Map([
        ...(predicted.get(id) ?? [])
          .filter((each) => actedOn(each, source, measurements).decision === 'assigned')
          .map(({ facet, label }) => [facet, label] as const),
        ...(given.get(id) ?? []).map(({ facet, label }) => [facet, label] as const),
      ]),
    ]),
  )
}

/** The ids of threads that may ask the same as these: by their words, and by what links them. */
export async function nearThreads(
  deps: CandidateDeps,
  threads: readonly GatheredThread[],
): Promise<string[]> {
  const near = new Set<string>()
  for (const thread of threads) {
    await setImmediate()
    const hits = await deps.search.alike(questionOf(thread), {
      kind: 'thread',
      language: thread.language,
      limit: MOST_ALIKE + 1,
    })
    const least = (hits[0]?.score ?? 0) * ALIKE_FROM
    for (const { id, score } of hits) if (score >= least) near.add(id)
  }
  for (const { one, other } of await deps.threads.duplicatesOf(threads.map(({ id }) => id))) {
    near.add(one)
    near.add(other)
  }
  return [...near]
}

/** The ids of published articles that may be about these threads. */
export async function nearArticles(
  deps: CandidateDeps,
  threads: readonly GatheredThread[],
): Promise<string[]> {
  const near = new Set<string>()
  for (const thread of threads) {
    const within = { kind: 'article', language: thread.language, limit: MOST_ALIKE } as const
    for (const { id } of await deps.search.alike(questionOf(thread), within)) near.add(id)
  }
  return [...near].slice(0, MOST_ALIKE)
}

function questionOf({ facts: { title, question } }: GatheredThread): string {
  return `${title} ${plainText(question.slice(0, 2 * QUERY_TEXT)).slice(0, QUERY_TEXT)}`
}

/** Views of each thread in a month, by the last thirty days where they were observed, else by its whole life. */
export async function viewsAMonth(
  { threads, clock }: Pick<CandidateDeps, 'threads' | 'clock'>,
  facts: readonly Pick<ThreadFacts, 'id' | 'views' | 'createdAt'>[],
): Promise<Map<string, number>> {
  const now = clock.now()
  const observed = await threads.viewsBetween(
    facts.map(({ id }) => id),
    new Date(now.getTime() - MONTH_MS),
    now,
  )
  const views = new Map<string, number>()
  for (const { id, views: total, createdAt } of facts) {
    const months = Math.max(1, (now.getTime() - Date.parse(createdAt)) / MONTH_MS)
    // Who asked has at least looked at it once.
    views.set(id, total === undefined ? 1 : total / months)
  }
  for (const { threadId, views: seen, since, until } of observed) {
    const covered = Date.parse(until) - Date.parse(since)
    if (covered >= SHORTEST_MS) views.set(threadId, (seen * MONTH_MS) / covered)
  }
  return views
}

const MONTH_MS = 30 * 86_400_000
/** Less says nothing of a month. */
const SHORTEST_MS = 3 * 86_400_000
