import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import type { ArticleDeps } from '../deps.ts'
import { readerOf } from '../readable-articles.ts'
import { governanceOf } from '../rights/governance.ts'
import { flaggedCitations, pendingDraft } from './reason-sentences.ts'
import { publicationRefusals, type Refusal } from './refusals.ts'

/** What stands between an article and its publication, or should be known before it. */
export interface PublicationReason extends Omit<Refusal, 'error'> {
  readonly code: string
  /** Whether publishing is refused as long as it holds. */
  readonly blocks: boolean
  readonly flags?: number
}

/**
 * What an article, or what its draft will make of it, lacks to be published for an audience: all reasons at once, where
 * publishing stops at the first.
 *
 * @throws CodedError ARTICLE_NOT_FOUND
 */
export async function checkPublication(
  deps: ArticleDeps,
  {
    id,
    audience,
    draft: ofDraft = false,
    actor,
  }: {
    readonly id: string
    readonly audience: Audience
    readonly draft?: boolean
    readonly actor: Actor
  },
): Promise<PublicationReason[]> {
  const article = await deps.articles.require(id, readerOf(actor))
  const { draft } = await deps.drafts.find(id)
  // Who may not see the draft learns nothing of what it lacks.
  const isRead = ofDraft && draft !== undefined && (await deps.drafts.isOpenTo(id, actor.audience))
  const content = isRead ? draft.content : article
  const reasons: PublicationReason[] = []
  for (const { error, threadId, ...refusal } of await publicationRefusals(deps, {
    article,
    content,
    audience,
    governance: await governanceOf(deps, article),
  })) {
    const named = threadId === undefined ? [] : [threadId]
    const [readable] = await deps.citations.readableAmong(named, actor.audience)
    reasons.push({ code: error.code, blocks: true, threadId: readable, ...refusal })
  }
  const flags = (await deps.citations.flagCounts([id], actor.audience)).get(id) ?? 0
  if (flags > 0)
    reasons.push({ code: 'CITATIONS_FLAGGED', blocks: false, flags, sentences: flaggedCitations(flags) })
  if (draft !== undefined && !isRead)
    reasons.push({ code: 'DRAFT_PENDING', blocks: false, sentences: pendingDraft })
  return reasons
}
