import { type Actor, PROFICIENCIES, type Proficiency, proficiencyOf } from '../../access/actor.ts'
import type { CodedError } from '../../platform/errors.ts'
import type { Article } from '../article.ts'
import { articleErrors } from '../errors.ts'
import type { Governance } from './governance.ts'

/** What somebody may do with an article. */
export interface ArticleRights {
  /** Write its draft and its text. */
  readonly edit: boolean
  /** Declare that it holds, or no longer. */
  readonly validate: boolean
  /** Decide who outside sees it, and what of it they may see. */
  readonly widen: boolean
  /** Take it out of use, and back into it. */
  readonly archive: boolean
  /** Approve its latest revision, where its category demands that. */
  readonly approve: boolean
}

type RatedActor = Pick<Actor, 'id' | 'roles' | 'audience' | 'proficiency'>
type RatedArticle = Pick<Article, 'id' | 'confidence' | 'audience' | 'createdBy'>

/**
 * What an actor may do with an article that they see. A candidate writes drafts of their own, a contributor does all to
 * what nobody outside the actor's own circle sees, a publisher and a coach do all. The owner of a category approves what
 * is governed in it, and so does a publisher, but nobody approves what they wrote.
 */
export function articleRights(
  actor: RatedActor,
  { confidence, audience, createdBy }: RatedArticle,
  { kind, owner, writtenBy }: Pick<Governance, 'kind' | 'owner' | 'writtenBy'>,
): ArticleRights {
  const isAtLeast = (least: Proficiency) => {
    const proficiency = proficiencyOf(actor)
    return proficiency !== undefined && PROFICIENCIES.indexOf(proficiency) >= PROFICIENCIES.indexOf(least)
  }
  const isWithin = audience === actor.audience
  const isDraft = confidence === 'wip' || confidence === 'not_validated'
  const isOwnDraft = isWithin && isDraft && createdBy === actor.id
  const improves = isAtLeast('publisher') || (isWithin && isAtLeast('contributor'))
  const isArchived = confidence === 'archived'
  return {
    edit: !isArchived && (improves || (isOwnDraft && isAtLeast('candidate'))),
    validate: improves,
    widen: isAtLeast('publisher'),
    archive: improves,
    approve:
      kind === 'compliance' &&
      !isArchived &&
      writtenBy !== actor.id &&
      (isAtLeast('publisher') || owner?.id === actor.id),
  }
}

type TrainedRight = Exclude<keyof ArticleRights, 'approve'>

/**
 * Refuses what somebody is not trained for, and says who is.
 *
 * @throws CodedError ARTICLE_NEEDS_CANDIDATE, ARTICLE_NEEDS_CONTRIBUTOR, ARTICLE_NEEDS_PUBLISHER
 */
export function requireRights(
  actor: RatedActor,
  article: RatedArticle,
  governance: Governance,
  needed: readonly TrainedRight[],
): void {
  for (const right of needed) {
    if (articleRights(actor, article, governance)[right]) continue
    const least = PROFICIENCIES.find(
      (proficiency) => articleRights({ ...actor, proficiency }, article, governance)[right],
    )
    throw refuse(article.id, least)
  }
}

/** Refuses who is not trained in knowledge work at all. @throws CodedError ARTICLE_NEEDS_CANDIDATE */
export function requireCandidate(actor: RatedActor): void {
  if (proficiencyOf(actor) === undefined) throw articleErrors.ARTICLE_NEEDS_CANDIDATE()
}

/** @param least what would have been enough */
function refuse(id: string, least: Proficiency | undefined): CodedError {
  if (least === 'candidate') return articleErrors.ARTICLE_NEEDS_CANDIDATE()
  if (least === 'contributor') return articleErrors.ARTICLE_NEEDS_CONTRIBUTOR({ id })
  return articleErrors.ARTICLE_NEEDS_PUBLISHER({ id })
}
