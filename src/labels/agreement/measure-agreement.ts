import type { Audience } from '../../access/audience.ts'
import { type AgreementFigures, measureAgreement } from '../../learning/agreement/krippendorff.ts'
import type { DisagreementDeps } from '../deps.ts'
import type { Rating } from './rating-store.ts'

/** How far agents agree on threads that they labelled blind. */
export interface FacetAgreement extends Omit<AgreementFigures, 'units'> {
  readonly facet: string
  /** Threads that at least two agents labelled blind. */
  readonly threads: number
  /** Agents who labelled any of these. */
  readonly agents: number
}

/** The same ratings give the same interval. */
const SEED = 1

/**
 * Krippendorff's alpha of a facet and of each of its labels, from blind annotations only: annotators who see a
 * prediction tend to agree with it. Threads that the reader may not see are left out.
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
  const shared = [...byThread.values()].filter((group) => group.length >= 2)
  const { units, ...figures } = measureAgreement(
    shared.map((group) => group.map(({ label }) => label)),
    { seed: SEED },
  )
  const agents = new Set(shared.flatMap((group) => group.map(({ actor }) => actor.id))).size
  return { facet: facet.name, threads: units, agents, ...figures }
}
