import type { Actor } from '../../access/actor.ts'
import { CATEGORY } from '../../labels/facet.ts'
import { facetsOfRule } from '../../triage/routing/check-rule-set.ts'
import type { RoutingDecision } from '../../triage/routing/decision-store.ts'
import type { Destination } from '../../triage/routing/routing-rule.ts'
import type { ReviewDeps } from '../deps.ts'
import type { MisrouteReported } from '../events.ts'
import type { Misroute } from './misroute-store.ts'

export interface MisrouteReport {
  readonly threadId: string
  readonly reason: string
  /** Where it should have gone. */
  readonly suggested?: Destination
  /** Name of the facet whose label is wrong; by default the one that the deciding rule asks about. */
  readonly facet?: string
  readonly actor: Actor
}

/**
 * Records that a thread was routed to the wrong place; it comes first in the review queue of the facet that it concerns,
 * until an agent labels it on that facet.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, FACET_NOT_FOUND
 */
export async function reportMisroute(deps: ReviewDeps, report: MisrouteReport): Promise<Misroute> {
  const { threadId, reason, suggested, actor } = report
  await deps.threads.requireShown(threadId, actor.audience)
  return deps.db.transaction(async () => {
    const decision = (await deps.decisions.currentOf([threadId])).get(threadId)
    const facet = await deps.facets.require(report.facet ?? (await facetOf(deps, decision)))
    const misroute = await deps.misroutes.add(
      { threadId, reason, decisionId: decision?.id, suggested, facet },
      actor,
    )
    await deps.audit.record('thread.misrouted', actor, threadId, {
      before: decision?.destination,
      after: { misrouteId: misroute.id, facet: facet.name, reason, suggested },
    })
    const event: MisrouteReported = { type: 'misroute.reported', misrouteId: misroute.id, threadId }
    await deps.outbox.append(event)
    return misroute
  })
}

/** The facet that the rule of a decision asks about; `category` where it asks about none or several. */
async function facetOf(
  { ruleSets }: Pick<ReviewDeps, 'ruleSets'>,
  decision: RoutingDecision | undefined,
): Promise<string> {
  if (decision === undefined) return CATEGORY
  const ruleSet = (await ruleSets.byVersion([decision.ruleSetVersion])).get(decision.ruleSetVersion)
  const rule = ruleSet?.rules.find(({ name }) => name === decision.rule)
  const [facet, ...others] = rule === undefined ? [] : facetsOfRule(rule)
  return facet === undefined || others.length > 0 ? CATEGORY : facet
}

/** Threads of one pass. */
const CHUNK = 100

/** Recomputes the misroutes on a facet of all threads, of which annotations were revoked or restored together. */
export async function sweepMisroutes(
  { misroutes }: Pick<ReviewDeps, 'misroutes'>,
  facetId: string,
  signal: AbortSignal,
): Promise<void> {
  let after = ''
  for (;;) {
    signal.throwIfAborted()
    const threadIds = await misroutes.threadsAfter(facetId, after, CHUNK)
    await misroutes.recompute(threadIds)
    const last = threadIds.at(-1)
    if (last === undefined || threadIds.length < CHUNK) return
    after = last
  }
}
