import type { Actor } from '../access/index.ts'
import type { Article } from './article.ts'
import type { ArticleDeps } from './deps.ts'
import { bodyHash } from './evidence.ts'
import { FOLLOW_EVIDENCE } from './follow-evidence.ts'

/**
 * Puts the sections of an article on their posts as these are now, because somebody has read them: flags go, and
 * posts that are gone are evidence no more.
 */
export async function reviewEvidence(deps: ArticleDeps, article: Article, actor: Actor): Promise<void> {
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
    type: FOLLOW_EVIDENCE,
    payload: { postIds: citations.map(({ footing }) => footing.postId) },
  })
}
