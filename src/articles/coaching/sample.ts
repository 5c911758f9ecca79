import type { Actor } from '../../access/actor.ts'
import { decodeCursor, invalidCursor, type Page, toPage } from '../../platform/page.ts'
import type { PageQuery } from '../../platform/page-schema.ts'
import type { ArticleContent } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { readerOf } from '../readable-articles.ts'
import { governanceOf } from '../rights/governance.ts'
import {
  monthOf,
  type PointAnswer,
  requireCoach,
  requireCoachOrSupervisor,
  type Score,
  windowOf,
} from './coaching.ts'
import type { CoachingSettingsStore } from './coaching-settings.ts'
import { ARTICLE_DAYS, type DrawnArticle, drawArticles } from './draw-sample.ts'
import { coachingErrors } from './errors.ts'
import type { LinkJudgementStore } from './link-judgement-store.ts'
import type { ScoreStore } from './score-store.ts'

export type CoachingDeps = ArticleDeps & {
  readonly coachingSettings: CoachingSettingsStore
  readonly scores: ScoreStore
  readonly linkJudgements: LinkJudgementStore
}

/** An article of the sample, with the text that its author left, and what a coach said of it. */
export interface SampledArticle extends Omit<DrawnArticle, 'chance'> {
  readonly content: ArticleContent
  readonly score?: Pick<Score, 'checklist' | 'answers' | 'coach' | 'at'>
}

export interface Sample extends Page<SampledArticle> {
  readonly month: string
  /** What was written from then, and before `to`, was drawn from. */
  readonly from: string
  readonly to: string
  readonly total: number
  readonly scored: number
}

/**
 * A page of the sample of this month, in the order of the draw, without what the actor wrote.
 *
 * @throws CodedError COACHING_NEEDS_COACH, CURSOR_INVALID
 */
export async function showSample(
  deps: CoachingDeps,
  { cursor, limit = 20 }: PageQuery,
  actor: Actor,
): Promise<Sample> {
  requireCoachOrSupervisor(actor)
  const month = monthOf(deps.clock.now())
  const drawn = await drawFor(deps, month, actor)
  const scores = new Map((await deps.scores.ofMonth(month)).map((score) => [keyOf(score), score]))
  const after = cursor === undefined ? -1 : Number(decodeCursor(cursor, month).key)
  if (Number.isNaN(after)) throw invalidCursor()
  const rest = drawn.filter(({ chance }) => chance > after).slice(0, limit + 1)
  const { items, next } = toPage(rest, limit, ({ chance, articleId }) => ({
    key: String(chance),
    id: articleId,
    order: month,
  }))
  const shown: SampledArticle[] = []
  for (const { chance: _, ...each } of items) {
    const { content } = await deps.revisions.require(each.articleId, each.revision, actor.audience)
    shown.push({ ...each, content, score: scores.get(keyOf(each)) })
  }
  const scored = drawn.filter((each) => scores.has(keyOf(each))).length
  return { month, ...windowOf(month, ARTICLE_DAYS), total: drawn.length, scored, items: shown, next }
}

export interface NewScore {
  readonly articleId: string
  readonly authorId: string
  /** Version of the checklist that was answered. */
  readonly checklist: number
  readonly answers: readonly PointAnswer[]
}

/**
 * Keeps what a coach says of an article in the sample; once more replaces it. The audit log has who judged whose article,
 * and not how, for it is read by others than the two and their supervisors.
 *
 * @throws CodedError COACHING_NEEDS_COACH, COACHING_OWN, COACHING_CHECKLIST_CHANGED, COACHING_ANSWERS_INCOMPLETE,
 *   COACHING_NOT_SAMPLED, COACHING_TAKEN
 */
export async function scoreArticle(deps: CoachingDeps, given: NewScore, actor: Actor): Promise<void> {
  requireCoach(actor)
  const { articleId, authorId, checklist } = given
  if (authorId === actor.id) throw coachingErrors.COACHING_OWN()
  const { version, settings } = await deps.coachingSettings.current()
  if (version !== checklist) throw coachingErrors.COACHING_CHECKLIST_CHANGED({ version })
  const answers = inOrder(
    settings.points.map(({ id }) => id),
    given.answers,
  )
  const month = monthOf(deps.clock.now())
  const drawn = (await drawFor(deps, month, actor)).find(
    (each) => each.articleId === articleId && each.author.id === authorId,
  )
  if (drawn === undefined) throw coachingErrors.COACHING_NOT_SAMPLED({ id: articleId, month })
  const { author, revision } = drawn
  await deps.db.transaction(async () => {
    const article = await deps.articles.require(articleId, readerOf(actor))
    const { category } = await governanceOf(deps, article)
    const score = { month, author, articleId, revision, category, checklist, answers }
    const by = await deps.scores.put(score, actor)
    if (by !== undefined) throw coachingErrors.COACHING_TAKEN({ id: articleId, by })
    await deps.audit.record('article.coached', actor, articleId, {
      after: { month, author: authorId, revision, checklist },
    })
  })
}

async function drawFor(deps: CoachingDeps, month: string, actor: Actor): Promise<DrawnArticle[]> {
  const { perPerson } = (await deps.coachingSettings.current()).settings
  const drawn = await drawArticles(deps.db, { month, perPerson, actor })
  return drawn.filter(({ author }) => author.id !== actor.id)
}

function keyOf({ articleId, author }: Pick<DrawnArticle, 'articleId' | 'author'>): string {
  return `${articleId} ${author.id}`
}

/** The answers in the order of the points, without the space around notes. @throws CodedError COACHING_ANSWERS_INCOMPLETE */
function inOrder(points: readonly string[], answers: readonly PointAnswer[]): PointAnswer[] {
  const given = new Map(answers.map((answer) => [answer.point, answer]))
  const faulty = [
    ...points.filter((point) => !given.has(point)),
    ...[...given.keys()].filter((point) => !points.includes(point)),
  ]
  if (faulty.length > 0 || given.size !== answers.length)
    throw coachingErrors.COACHING_ANSWERS_INCOMPLETE({ points: faulty.join(', ') })
  return points.flatMap((point) => {
    const answer = given.get(point)
    if (answer === undefined) return []
    return [{ point, met: answer.met, note: answer.note?.trim() || undefined }]
  })
}
