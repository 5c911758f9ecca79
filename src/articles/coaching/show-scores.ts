import type { Actor } from '../../access/actor.ts'
import type { Page } from '../../platform/page.ts'
import type { PageQuery } from '../../platform/page-schema.ts'
import { type ChecklistPoint, seesAllCoaching } from './coaching.ts'
import { coachingErrors } from './errors.ts'
import type { CoachingDeps } from './sample.ts'
import type { ScoreWithArticle } from './score-store.ts'

/** A score with the words of its points. */
export type ScoreView = Omit<ScoreWithArticle, 'answers'> & {
  readonly answers: readonly (ChecklistPoint & { readonly met: boolean; readonly note?: string })[]
}

/**
 * What coaches said of the articles of an author: of one's own, or for coaches and supervisors of anybody's.
 *
 * @throws CodedError COACHING_FORBIDDEN, CURSOR_INVALID
 */
export async function showScores(
  deps: CoachingDeps,
  { author, cursor, limit = 20 }: PageQuery & { readonly author?: string },
  actor: Actor,
): Promise<Page<ScoreView>> {
  const authorId = author ?? actor.id
  if (authorId !== actor.id && !seesAllCoaching(actor)) throw coachingErrors.COACHING_FORBIDDEN()
  const { items, ...page } = await deps.scores.ofAuthor(authorId, { actor, cursor, limit })
  const points = await deps.coachingSettings.pointsOf(items.map(({ checklist }) => checklist))
  return {
    ...page,
    items: items.map((score) => ({
      ...score,
      answers: (points.get(score.checklist) ?? []).flatMap((point) => {
        const answer = score.answers.find((each) => each.point === point.id)
        return answer === undefined ? [] : [{ ...point, met: answer.met, note: answer.note }]
      }),
    })),
  }
}
