import type { Audience } from '../access/audience.ts'
import type { Measure } from './parity/parity.ts'
import type { Sentences } from './wording.ts'

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
}

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'insight.parity-alert': ParityAlert
  }
}
