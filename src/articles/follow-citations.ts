import type { Actor } from '../access/actor.ts'
import type { Article } from './article.ts'
import { bodyHash, flagOf } from './citation.ts'
import type { Citation } from './citation-store.ts'
import type { ArticleDeps } from './deps.ts'
import type { FlagsRaised, RaisedFlag } from './events.ts'

/** The job that looks after evidence; also sent by whoever builds on posts, for what happens to them meanwhile. */
export const FOLLOW_CITATIONS = 'articles.follow-evidence'

const CHUNK = 200

/**
 * Flags the evidence that rests on posts which are no longer what they were, and takes the flag from where they are
 * again. Says the same however often it runs.
 */
export async function followCitations(
  { db, evidence, outbox }: Pick<ArticleDeps, 'db' | 'evidence' | 'outbox'>,
  postIds: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  for (let from = 0; from < postIds.length; from += CHUNK) {
    signal?.throwIfAborted()
    const posts = postIds.slice(from, from + CHUNK)
    if ((await turnedOn(posts)).length === 0) continue
    await db.transaction(async () => {
      await evidence.hold(posts)
      const flags: RaisedFlag[] = []
      for (const citation of await turnedOn(posts)) {
        const { articleId, footing, now } = citation
        const flag = flagOf(footing, now)
        const flaggedAt = await evidence.flag(citation, flag)
        if (flag === undefined || flaggedAt === undefined) continue
        flags.push({ articleId, section: footing.section, postId: footing.postId, flag, flaggedAt })
      }
      if (flags.length === 0) return
      const event: FlagsRaised = { type: 'flags.raised', flags }
      await outbox.append(event)
    })
  }

  /** Evidence on these posts whose flag is not the one it should bear. */
  async function turnedOn(posts: readonly string[]): Promise<Citation[]> {
    const citations = await evidence.citing(posts)
    return citations.filter(({ footing, now, flag }) => flagOf(footing, now) !== flag)
  }
}

/**
 * Puts the sections of an article on their posts as these are now, because somebody has read them: flags go, and
 * posts that are gone are evidence no more.
 */
export async function reviewCitations(deps: ArticleDeps, article: Article, actor: Actor): Promise<void> {
  const citations = await deps.evidence.citedBy(article.id)
  const flagged = citations.flatMap(({ flag, footing }) =>
    flag === undefined ? [] : [{ section: footing.section, postId: footing.postId, flag }],
  )
  for (const citation of citations) {
    const { now } = citation
    await deps.evidence.reground(citation, now && bodyHash(now.body), now?.accepted ?? false)
  }
  if (flagged.length > 0)
    await deps.audit.record('article.evidence-reviewed', actor, article.id, {
      before: { flagged },
      after: { flagged: [] },
    })
  await deps.jobs.enqueue({
    type: FOLLOW_CITATIONS,
    payload: { postIds: citations.map(({ footing }) => footing.postId) },
  })
}
