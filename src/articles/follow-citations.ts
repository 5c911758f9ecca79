import type { Actor } from '../access/actor.ts'
import type { Article } from './article.ts'
import { bodyHash, flagOf, type StoredCitation } from './citation.ts'
import type { ArticleDeps } from './deps.ts'
import type { FlagsRaised, RaisedFlag } from './events.ts'

/** The job that follows citations. Whoever cites a post enqueues it too, for what happens to the post meanwhile. */
export const FOLLOW_CITATIONS = 'articles.follow-citations'

/** Posts checked at once. */
const CHUNK = 200

/**
 * Flags the citations whose posts are no longer as they were cited, and clears the flag where they are again.
 * Idempotent.
 */
export async function followCitations(
  { db, citations, outbox }: Pick<ArticleDeps, 'db' | 'citations' | 'outbox'>,
  postIds: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  for (let from = 0; from < postIds.length; from += CHUNK) {
    signal?.throwIfAborted()
    const posts = postIds.slice(from, from + CHUNK)
    if ((await misflagged(posts)).length === 0) continue
    await db.transaction(async () => {
      await citations.lock(posts)
      const flags: RaisedFlag[] = []
      for (const citation of await misflagged(posts)) {
        const { articleId, section, postId, now } = citation
        const flag = flagOf(citation, now)
        const flaggedAt = await citations.flag(citation, flag)
        if (flag === undefined || flaggedAt === undefined) continue
        flags.push({ articleId, section, postId, flag, flaggedAt })
      }
      if (flags.length === 0) return
      const event: FlagsRaised = { type: 'flags.raised', flags }
      await outbox.append(event)
    })
  }

  /** Citations of these posts whose flag does not match their post. */
  async function misflagged(posts: readonly string[]): Promise<StoredCitation[]> {
    const all = await citations.ofPosts(posts)
    return all.filter((citation) => flagOf(citation, citation.now) !== citation.flag)
  }
}

/**
 * Makes an article cite its posts as they are now, because an editor has read them: flags are cleared, and citations
 * of removed posts are deleted.
 */
export async function reviewCitations(deps: ArticleDeps, article: Article, actor: Actor): Promise<void> {
  const citations = await deps.citations.ofArticle(article.id)
  const flagged = citations.flatMap(({ flag, section, postId }) =>
    flag === undefined ? [] : [{ section, postId, flag }],
  )
  for (const citation of citations) {
    const { now } = citation
    await deps.citations.renew(citation, now && bodyHash(now.body), now?.accepted ?? false)
  }
  if (flagged.length > 0)
    await deps.audit.record('article.citations-reviewed', actor, article.id, {
      before: { flagged },
      after: { flagged: [] },
    })
  await deps.jobs.enqueue({
    type: FOLLOW_CITATIONS,
    payload: { postIds: citations.map(({ postId }) => postId) },
  })
}
