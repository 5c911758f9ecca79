import type { Get, ItemOf } from '../../api/types.ts'
import { t } from '../../messages/messages.ts'

export type ListedThread = ItemOf<Get<'/api/threads'>>
export type Thread = Get<'/api/threads/{id}'>
export type Post = Thread['posts'][number]
export type Triage = Get<'/api/threads/{id}/triage'>
export type Counts = Get<'/api/threads/counts'>
export type Annotation = ItemOf<Get<'/api/threads/{id}/annotations'>>
export type GuidedLabel = ItemOf<Get<'/api/facets/{facet}/labels'>>

export const STATUSES = ['resolved', 'answered', 'open'] as const
export type Status = (typeof STATUSES)[number]

export const DECISIONS = ['assigned', 'suggested', 'abstained'] as const
export const REASONS = ['unsure', 'two-labels-close', 'unlike-anything-seen'] as const
export const SORTS = ['newest', 'oldest', 'most-views', 'least-confident'] as const

export function statusOf({ resolved, answerCount }: Pick<ListedThread, 'resolved' | 'answerCount'>): Status {
  return resolved ? 'resolved' : answerCount > 0 ? 'answered' : 'open'
}

/** What a thread is called where it may have no title. */
export function nameOf({ title }: Pick<ListedThread, 'title'>): string {
  return title.trim() === '' ? t('threads.untitled') : title
}

export function isOneOf<Value extends string>(all: readonly Value[], text: string): text is Value {
  return all.some((each) => each === text)
}

/** `threads.decision-…`, or the API's own word where it is new. */
export function decisionName(decision: string): string {
  return isOneOf(DECISIONS, decision) ? t(`threads.decision-${decision}`) : decision
}

export function reasonName(reason: string): string {
  return isOneOf(REASONS, reason) ? t(`threads.reason-${reason}`) : reason
}

/** The path of a thread in the API. */
export function pathOf(id: string): string {
  return `/threads/${encodeURIComponent(id)}`
}

/** Whether a thread may become an article: it is not part of another, and nothing locks it. */
export function isPromotable({ mergedInto, protection }: Pick<Thread, 'mergedInto' | 'protection'>): boolean {
  return mergedInto === undefined && (protection === undefined || protection.state === 'released')
}
