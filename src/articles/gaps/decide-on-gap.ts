import type { Actor } from '../../access/actor.ts'
import type { ArticleDeps } from '../deps.ts'
import { addPhrasing } from '../phrasings/decide-on-phrasings.ts'
import { readerOf } from '../readable-articles.ts'
import { gapErrors } from './errors.ts'
import { type GapDeps, requireGap } from './find-gaps.ts'
import { type GapReason, gapId } from './gap.ts'

/** What somebody makes of a gap. */
export interface GapChoice {
  /** `link`: an article answers it; `phrase`: it does, and people call it so; `decline`: no article is wanted. */
  readonly decision: 'link' | 'phrase' | 'decline'
  readonly articleId?: string
  readonly reason?: GapReason
  readonly note?: string
}

/**
 * Decides on a gap, and on all that is asked in it. A phrasing is known to those who may know who asked it so.
 *
 * @throws CodedError SEARCH_GAP_NOT_FOUND, SEARCH_GAP_INCOMPLETE, ARTICLE_NOT_FOUND; those of `addPhrasing`
 */
export async function decideOnGap(
  deps: GapDeps & ArticleDeps,
  {
    id,
    days,
    choice,
    actor,
  }: { readonly id: string; readonly days: number; readonly choice: GapChoice; readonly actor: Actor },
): Promise<void> {
  const { decision, articleId, reason, note } = choice
  if (decision === 'decline' && reason === undefined)
    throw gapErrors.SEARCH_GAP_INCOMPLETE({ decision, missing: 'reason' })
  if (decision !== 'decline' && articleId === undefined)
    throw gapErrors.SEARCH_GAP_INCOMPLETE({ decision, missing: 'articleId' })
  const gap = await requireGap(deps, { id, days, actor })
  await deps.db.transaction(async () => {
    if (articleId !== undefined) await deps.articles.require(articleId, readerOf(actor))
    if (decision === 'phrase' && articleId !== undefined) {
      const { text, audience } = gap.queries[0]
      await addPhrasing(deps, { id: articleId, text: text.replaceAll('…', ' '), audience, actor })
    }
    const decided = decision === 'decline' ? 'declined' : 'linked'
    for (const query of gap.queries)
      await deps.gaps.decide(
        gapId(query),
        decided === 'declined' ? { decision: decided, reason, note } : { decision: decided, articleId },
        actor,
      )
    await deps.audit.record('search.gap-decided', actor, gap.id, {
      after: { decision, articleId, reason, text: gap.text },
    })
  })
}

/** Takes back what was decided on a gap; a phrasing that was added stays. @throws CodedError SEARCH_GAP_NOT_FOUND */
export async function undoGapDecision(
  deps: GapDeps,
  { id, days, actor }: { readonly id: string; readonly days: number; readonly actor: Actor },
): Promise<void> {
  const gap = await requireGap(deps, { id, days, actor })
  await deps.db.transaction(async () => {
    await deps.gaps.undo(gap.queries.map(gapId))
    await deps.audit.record('search.gap-decision-undone', actor, gap.id, { before: gap.decision })
  })
}
