import { CATEGORY } from '../../labels/facet.ts'
import { MESSAGE_KIND } from '../../labels/message-kind.ts'
import { type JobHandler, on, singleJob } from '../../platform/jobs/job-handler.ts'
import { plainText } from '../../text/markdown/plain-text.ts'
import { articlesOf } from './articles-of-threads.ts'
import { RECOMPUTE_MOVED } from './decisions/decide-candidates.ts'
import type { CandidateDeps } from './deps.ts'
import { recountViews } from './ranking/recount-views.ts'
import { REWEIGH_JOB, reweighCandidates } from './ranking/reweigh-candidates.ts'
import { recomputeCandidates } from './recompute-candidates.ts'
import { SWEEP_JOB, sweepCandidates } from './sweep-candidates.ts'

/** How long search and classification have to take in a changed thread. */
const SETTLING_MS = 3_000
/** How long the labels of an import, or the predictions of a new version, have until all threads are gone through. */
const GATHERING_MS = 60_000
/** Threads that an article may be about, and characters of it by which they are found. */
const MOST_ALIKE = 50
const QUERY_TEXT = 400

/** Keeps candidates in step with threads, labels, locks and articles. */
export function candidateJobs(deps: CandidateDeps): JobHandler[] {
  const recompute = ({ threadIds }: { readonly threadIds: readonly string[] }, signal: AbortSignal) =>
    recomputeCandidates(deps, threadIds, signal)
  return [
    on('threads.changed', {
      type: 'articles.recompute-candidates',
      debounceMs: SETTLING_MS,
      payload: ({ threadIds }) => ({ threadIds }),
      perform: recompute,
    }),
    on('posts.changed', {
      type: 'articles.recompute-discussed-candidates',
      debounceMs: SETTLING_MS,
      payload: ({ postIds }) => ({ postIds }),
      // All other posts change their threads.
      perform: async ({ postIds }, signal) =>
        recomputeCandidates(deps, await deps.threads.threadsOfComments(postIds), signal),
    }),
    on('threads.protected', { type: 'articles.recompute-protected-candidates', perform: recompute }),
    on('label.corrected', {
      type: 'articles.recompute-labelled-candidates',
      payload: ({ facet, threadId }) => (isRead(facet) ? { threadIds: [threadId] } : undefined),
      perform: recompute,
    }),
    on('threads.viewed', {
      type: 'articles.recount-candidates',
      bulk: true,
      payload: ({ threadIds }) => ({ threadIds }),
      perform: ({ threadIds }) => recountViews(deps, threadIds),
    }),
    on(['article.changed', 'article.published'], {
      type: 'articles.recompute-covered-candidates',
      debounceMs: SETTLING_MS,
      payload: ({ articleId }) => ({ articleId }),
      perform: async ({ articleId }, signal) =>
        recomputeCandidates(deps, await threadsAbout(articleId), signal),
    }),
    on(['labels.imported', 'annotations.revised', 'model.activated'], {
      type: 'articles.start-candidate-sweep',
      debounceMs: GATHERING_MS,
      bulk: true,
      payload: ({ facet }) => (isRead(facet) ? {} : undefined),
      perform: () => deps.jobs.enqueue({ ...singleJob(SWEEP_JOB), bulk: true }),
    }),
    { type: RECOMPUTE_MOVED, perform: recompute },
    {
      type: SWEEP_JOB,
      bulk: true,
      perform: (position: { readonly after?: string }, signal) => sweepCandidates(deps, position, signal),
    },
    { type: REWEIGH_JOB, bulk: true, perform: (_, signal) => reweighCandidates(deps, signal) },
  ]

  /** The threads that an article was made from, those of candidates about it, and those with its words. */
  async function threadsAbout(articleId: string): Promise<string[]> {
    const about = await deps.candidates.about(articleId)
    const members = await deps.candidates.membersOf(about.map(({ id }) => id))
    const ids = members.map(({ threadId }) => threadId)
    const [article] = await articlesOf(deps.db, [articleId])
    if (article === undefined) return ids
    const { content } = article
    const text = `${content.title} ${plainText(content.issue).slice(0, QUERY_TEXT)}`
    const alike = await deps.search.alike(text, {
      kind: 'thread',
      language: content.language,
      limit: MOST_ALIKE,
    })
    const own = await deps.articles.threadsOf(articleId)
    return [...new Set([...own, ...ids, ...alike.map(({ id }) => id)])]
  }
}

/** Whether candidates depend on the labels of a facet. */
function isRead(facet: string): boolean {
  return facet === CATEGORY || facet === MESSAGE_KIND
}
