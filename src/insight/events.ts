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

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'insight.parity-alert': ParityAlert
  }
}
