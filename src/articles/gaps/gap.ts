import type { Audience } from '../../access/audience.ts'
import { stableId } from '../../platform/ids.ts'
import type { AskedQuery } from '../../search/log/asked-queries.ts'
import type { QueryGroup } from './group-queries.ts'

/** Why no article is wanted. */
export const GAP_REASONS = ['out-of-scope', 'too-rare', 'unclear', 'answered-elsewhere'] as const
export type GapReason = (typeof GAP_REASONS)[number]

/** Demand: an article answered it (`linked`); one would have, and was not found (`not-found`); there is none (`new`). */
export const DEMANDS = ['new', 'not-found', 'linked'] as const
export type Demand = (typeof DEMANDS)[number]

export interface GapDecision {
  readonly id: string
  readonly decision: 'declined' | 'linked'
  readonly articleId?: string
  readonly reason?: GapReason
  readonly note?: string
  /** Of whoever decided: who sees less does not learn what they wrote. */
  readonly audience: Audience
  readonly by: { readonly id: string; readonly name: string }
  readonly at: string
}

/** By what a search is named: the same while its words are. */
export function gapId({ language, terms }: Pick<AskedQuery, 'language' | 'terms'>): string {
  return stableId('gap', language, terms)
}

export interface GapFigures {
  readonly asked: number
  readonly visitors: number
  readonly helped: number
  readonly failed: number
  readonly lastDay: string
}

export function figuresOf(group: QueryGroup): GapFigures {
  const sum = (of: (query: AskedQuery) => number) => group.reduce((total, query) => total + of(query), 0)
  return {
    asked: sum(({ asked }) => asked),
    visitors: sum(({ visitors }) => visitors),
    helped: sum(({ helped }) => helped),
    failed: sum(({ failed }) => failed),
    lastDay: group.reduce((last, { lastDay }) => (lastDay > last ? lastDay : last), ''),
  }
}

/** Whether what was asked is a gap: it helped fewer than half of those who asked. */
export function isGap({ asked, helped }: Pick<GapFigures, 'asked' | 'helped'>): boolean {
  return 2 * helped < asked
}
