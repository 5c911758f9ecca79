import type { Fact, Standing } from './routing-rule.ts'

/** What is held to be true of one facet: a model's prediction, or an agent's label (assigned, with confidence 1). */
export interface Verdict {
  readonly label: string
  readonly confidence: number
  readonly decision: 'assigned' | 'abstained'
}

/** All that rules can look at. */
export interface RoutingSubject {
  /** By name of the facet. */
  readonly verdicts: ReadonlyMap<string, Verdict>
  readonly language: string
  readonly source?: string
  readonly standing: Standing
  readonly reputation?: number
  readonly facts: Readonly<Record<string, Fact>>
  /** Milliseconds since the epoch; absent when the source states no date. */
  readonly askedAt?: number
  readonly answered: boolean
  readonly resolved: boolean
  readonly views?: number
  readonly tags: readonly string[]
}
