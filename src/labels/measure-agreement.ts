import type { Audience } from '../access/audience.ts'
import { type AgreementFigures, measureAgreement } from '../learning/agreement/krippendorff.ts'
import type { DisagreementDeps } from './deps.ts'
import type { Rating } from './rating-store.ts'

/** How far agents agree who labelled the same threads blind. */
export interface FacetAgreement extends Omit<AgreementFigures, 'units'> {
  readonly facet: string
  /** Threads that at least two agents labelled blind. */
  readonly threads: number
  /** Agents who did. */
  readonly agents: number
}

/** The same ratings give the same interval. */
const SEED = 1

/**
 * Krippendorff's alpha of a facet and of each of its labels, from blind verdicts alone: those given in sight of a
 * prediction agree with it too easily. Threads that the reader may not see take no part.
 *
 * @throws CodedError FACET_NOT_FOUND
 */
export async function measureFacetAgreement(
  { facets, ratings }: Pick<DisagreementDeps, 'facets' | 'ratings'>,
  { facet: name, reader }: { readonly facet: string; readonly reader: Audience },
): Promise<FacetAgreement> {
  const facet = await facets.require(name)
  const byThread = new Map<string, Rating[]>()
  for (const rating of await ratings.all(facet.id, reader)) {
    const others = byThread.get(rating.threadId)
    if (others === undefined) byThread.set(rating.threadId, [rating])
    else others.push(rating)
  }
  const shared = [...byThread.values()].filter((given) => given.length >= 2)
  const { units, ...figures } = measureAgreement(
    shared.map((given) => given.map(({ label }) => label)),
    { seed: SEED },
  )
  const agents = new Set(shared.flatMap((given) => given.map(({ actor }) => actor.id))).size
  return { facet: facet.name, threads: units, agents, ...figures }
}
