import type { Actor } from '../../access/actor.ts'
import {
  type Judgement,
  type LinkJudgement,
  monthOf,
  requireCoach,
  requireCoachOrSupervisor,
  windowOf,
} from './coaching.ts'
import { type DrawnLink, drawLinks, LINK_DAYS } from './draw-sample.ts'
import { coachingErrors } from './errors.ts'
import type { CoachingDeps } from './sample.ts'

/** A link of the sample, and what a coach said of it. */
export interface SampledLink extends DrawnLink {
  readonly judged?: Pick<LinkJudgement, 'judgement' | 'coach' | 'at'>
}

export interface LinkSample {
  readonly month: string
  readonly from: string
  readonly to: string
  readonly items: readonly SampledLink[]
}

/** The links in the sample of this month, in the order of the draw, without the actor's own. @throws CodedError COACHING_NEEDS_COACH */
export async function showLinks(deps: CoachingDeps, actor: Actor): Promise<LinkSample> {
  requireCoachOrSupervisor(actor)
  const month = monthOf(deps.clock.now())
  const judged = new Map((await deps.linkJudgements.ofMonth(month)).map((each) => [each.useId, each]))
  const items = (await drawFor(deps, month, actor)).filter(({ by }) => by.id !== actor.id)
  return {
    month,
    ...windowOf(month, LINK_DAYS),
    items: items.map((link) => ({ ...link, judged: judged.get(link.useId) })),
  }
}

export interface NewJudgement {
  /** Id of the use. */
  readonly use: string
  readonly judgement: Judgement
}

/**
 * Keeps what a coach says of a link in the sample; once more replaces it.
 *
 * @throws CodedError COACHING_NEEDS_COACH, COACHING_OWN, COACHING_NOT_SAMPLED, COACHING_TAKEN
 */
export async function judgeLink(
  deps: CoachingDeps,
  { use: useId, judgement }: NewJudgement,
  actor: Actor,
): Promise<void> {
  requireCoach(actor)
  const month = monthOf(deps.clock.now())
  const link = (await drawFor(deps, month, actor)).find((each) => each.useId === useId)
  if (link === undefined) throw coachingErrors.COACHING_NOT_SAMPLED({ id: useId, month })
  if (link.by.id === actor.id) throw coachingErrors.COACHING_OWN()
  const { articleId } = link
  await deps.db.transaction(async () => {
    const made = { month, useId, articleId, judgement }
    const by = await deps.linkJudgements.put(made, actor)
    if (by !== undefined) throw coachingErrors.COACHING_TAKEN({ id: useId, by })
    await deps.audit.record('article.link-judged', actor, articleId, { after: { month, use: useId } })
  })
}

async function drawFor(deps: CoachingDeps, month: string, actor: Actor): Promise<DrawnLink[]> {
  const { links } = (await deps.coachingSettings.current()).settings
  return drawLinks(deps.db, { month, links, actor })
}
