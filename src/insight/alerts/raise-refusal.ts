import type { EventOf } from '../../platform/jobs/job-handler.ts'
import type { InsightDeps } from '../deps.ts'
import type { AlertRaised } from '../events.ts'

/**
 * Raises an alert about a version that the gate refused: the labels that it learned from may contradict the others.
 * The reason quotes no thread, so everybody who may list alerts sees it. Idempotent.
 */
export async function raiseRefusal(
  deps: Pick<InsightDeps, 'db' | 'alerts' | 'versions' | 'outbox'>,
  { facet, facetId, versionId, version }: EventOf<'model.refused'>,
): Promise<void> {
  const { report, reason } = await deps.versions.require({ id: facetId, name: facet }, version)
  const of = { en: `“${facet}”, version ${version}. `, fr: `«\u00a0${facet}\u00a0», version ${version}. ` }
  const said = report.reason ?? { en: reason, fr: reason }
  const summary = { en: of.en + said.en, fr: of.fr + said.fr }
  await deps.db.transaction(async () => {
    const audience = 'public'
    const alertId = await deps.alerts.raiseRefusal({ facetId, versionId, audience, finding: { summary } })
    await deps.alerts.resolveOutdated()
    if (alertId === undefined) return
    const event: AlertRaised = { type: 'alert.raised', alertId, kind: 'refusal', facet, version, audience }
    await deps.outbox.append(event)
  })
}
