import { type Actor, proficiencyOf } from '../../access/actor.ts'
import type { Named } from '../rights/governance.ts'
import { coachingErrors } from './errors.ts'

/** A question of the checklist, which an article meets or does not. */
export interface ChecklistPoint {
  readonly id: string
  readonly en: string
  readonly fr: string
}

export interface PointAnswer {
  /** Id of the point. */
  readonly point: string
  readonly met: boolean
  /** What the author can learn from it. */
  readonly note?: string
}

/** What a coach said of an article in the sample of a month. */
export interface Score {
  /** `2026-11`. */
  readonly month: string
  readonly author: Named
  readonly articleId: string
  /** The revision that was judged. */
  readonly revision: number
  readonly category?: string
  /** Version of the checklist. */
  readonly checklist: number
  readonly answers: readonly PointAnswer[]
  readonly coach: Named
  readonly at: string
}

/** Whether an article fitted what it was used for. */
export const JUDGEMENTS = ['right', 'wrong', 'unclear'] as const
export type Judgement = (typeof JUDGEMENTS)[number]

/** What a coach said of a link in the sample of a month. */
export interface LinkJudgement {
  readonly month: string
  readonly useId: string
  readonly articleId: string
  readonly judgement: Judgement
  readonly coach: Named
  readonly at: string
}

type Rated = Pick<Actor, 'roles' | 'audience' | 'proficiency'>

const isCoach = (actor: Rated) => actor.audience === 'internal' && proficiencyOf(actor) === 'coach'

/** Whether somebody sees what coaches said of others. Everybody sees what was said of their own articles. */
export function seesAllCoaching(actor: Rated): boolean {
  return isCoach(actor) || (actor.audience === 'internal' && actor.roles.includes('supervisor'))
}

/** @throws CodedError COACHING_NEEDS_COACH */
export function requireCoach(actor: Rated): void {
  if (!isCoach(actor)) throw coachingErrors.COACHING_NEEDS_COACH()
}

/** @throws CodedError COACHING_NEEDS_COACH */
export function requireCoachOrSupervisor(actor: Rated): void {
  if (!seesAllCoaching(actor)) throw coachingErrors.COACHING_NEEDS_COACH()
}

const DAY_MS = 86_400_000

/** The month of a time in UTC, as `2026-11`. */
export function monthOf(time: Date): string {
  return time.toISOString().slice(0, 7)
}

/** The last `count` months, the present one last. */
export function lastMonths(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, at) =>
    monthOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (count - 1 - at), 1))),
  )
}

/** The days before a month that its sample is drawn from: whatever happens later, they stay the same. */
export function windowOf(month: string, days: number): { readonly from: string; readonly to: string } {
  const to = `${month}-01T00:00:00.000Z`
  return { from: new Date(Date.parse(to) - days * DAY_MS).toISOString(), to }
}
