import type { Get, ItemOf } from '../../../api/types.ts'

export type Report = ItemOf<Get<'/api/articles/reports'>>

export const OUTCOMES = ['fixed', 'rejected'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Whether an open report should have been dealt with by now. */
export function isOverdue({ closed, dueAt }: Report, now: number): boolean {
  return closed === undefined && Date.parse(dueAt) < now
}
