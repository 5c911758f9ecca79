import type { Audience } from '../access/audience.ts'
import type { Sentences } from '../text/wording.ts'
import type { Measure } from './parity/parity.ts'

/** A model treats French and English differently, beyond noise. */
export interface ParityAlert {
  readonly type: 'insight.parity-alert'
  readonly alertId: string
  readonly facet: string
  readonly version: number
  readonly measure: Measure
  /** French less English. */
  readonly difference: number
  /** Who may see it. */
  readonly audience: Audience
  readonly summary: Sentences
  readonly raisedAt: string
}

/** Something that supervisors should check; there is one event an alert. */
export interface AlertRaised {
  readonly type: 'alert.raised'
  readonly alertId: string
  readonly kind: 'parity' | 'refusal'
  readonly facet: string
  readonly version: number
  /** Who may see it. */
  readonly audience: Audience
}

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'insight.parity-alert': ParityAlert
    'alert.raised': AlertRaised
  }
}
