import { holds as holdsGiven } from '../../../src/triage/routing/condition-holds.ts'
import { createConditionReading } from '../../../src/triage/routing/condition-reading.ts'
import type { Condition, RoutingSubject } from '../../../src/triage/routing/routing-rule.ts'

export const MINUTE = 60_000
export const asked = Date.UTC(2026, 0, 1, 9)
/** So many minutes after the question was asked. */
export const at = (minutes: number) => new Date(asked + minutes * MINUTE)

/** Somebody in business, with a question about a bill. */
export const someone: RoutingSubject = {
  labels: new Map([
    ['category', { label: 'billing', confidence: 0.8, decision: 'assigned' }],
    ['urgency', { label: 'high', confidence: 0.3, decision: 'abstained' }],
  ]),
  language: 'fr',
  source: 'forum',
  askerRole: 'expert',
  reputation: 120,
  facts: { segment: 'business', revenue: 900, vip: true },
  askedAt: asked,
  answered: false,
  resolved: false,
  views: 40,
  tags: ['fibre', 'box'],
}

const reading = createConditionReading()
/** Whether a condition holds, in a rule set without calendars. */
export const holds = (condition: Condition, subject: RoutingSubject, now: number) =>
  holdsGiven(condition, { subject, reading, calendars: {}, ofText: new Map() }, now)

/** An outcome: a queue of this name. */
export const to = (name: string) => ({ destination: { kind: 'queue', name }, priority: 'normal' }) as const
export const fallback = to('fallback')
