import { AUDIENCES, type Audience } from '../../access/audience.ts'
import type { Facet } from '../../labels/facet.ts'
import type { ModelVersion } from '../../models/registry/model-version.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { ParityFinding } from '../alerts/alert-store.ts'
import type { InsightDeps } from '../deps.ts'
import type { AlertRaised, ParityAlert } from '../events.ts'
import { describeDifference } from './describe-parity.ts'
import { compareLanguages, hasEnough, type JudgedCase, type ParityBasis } from './parity.ts'
import { type JudgedVersion, judgeVersion } from './parity-report.ts'

/** Most that the probability may be of a false alert about a version, over all its checks. */
const ALPHA = 0.05
/** Growth of the cases since the last check that makes another worth its share of `ALPHA`. */
const GROWTH = 1.25

/**
 * Checks whether the active versions treat French and English alike, and raises an alert for each measure in which one
 * does not. May run at any time, also twice at once: a check counts once.
 */
export async function checkParity(deps: InsightDeps, signal?: AbortSignal): Promise<void> {
  await deps.alerts.resolveOutdated()
  for (const facet of await deps.facets.all()) {
    signal?.throwIfAborted()
    const version = await deps.versions.active(facet.id)
    if (version !== undefined) await checkVersion(deps, facet, version)
  }
}

async function checkVersion(deps: InsightDeps, facet: Facet, version: ModelVersion): Promise<void> {
  const judged = await judgeVersion(deps, facet, version, 'internal')
  if (!hasEnough(judged.cases)) return
  const checks = await deps.checks.of(version.id)
  const last = checks.findLast(({ basis }) => basis === judged.basis)
  const check = { number: checks.length + 1, basis: judged.basis, cases: judged.cases.length }
  if (last !== undefined && check.cases < GROWTH * last.cases) return
  const found = findings(facet, judged, levelOf(check.number))
  await deps.db.transaction(async () => {
    if (!(await deps.checks.add(version.id, check))) return
    for (const finding of found) await raise(deps, facet, version, finding, narrowestAudience(judged.cases))
  })
}

/**
 * The share of `ALPHA` of check number `n`: `ALPHA / (n (n + 1))`, which adds up to `ALPHA` over all checks. Daily checks
 * at the full level would sooner or later raise an alert about any model.
 */
function levelOf(n: number): number {
  return ALPHA / (n * (n + 1))
}

function findings(facet: Facet, { basis, cases }: JudgedVersion, level: number): ParityFinding[] {
  const { languages, differences } = compareLanguages(cases)
  const [fr, en] = languages.map((language) => language.cases)
  return differences
    .filter(({ adjusted }) => adjusted <= level)
    .map(({ measure, difference, interval, adjusted }) => ({
      measure,
      difference,
      interval,
      p: adjusted,
      level,
      basis,
      cases: { fr: fr!, en: en! },
      summary: describeDifference({ facet: facet.name, measure, difference, interval }),
    }))
}

async function raise(
  deps: InsightDeps,
  facet: Facet,
  version: ModelVersion,
  finding: ParityFinding,
  audience: Audience,
): Promise<void> {
  const alertId = await deps.alerts.raiseParity({
    facetId: facet.id,
    versionId: version.id,
    audience,
    finding,
  })
  if (alertId === undefined) return
  const { measure, difference, summary } = finding
  const event: ParityAlert = {
    type: 'insight.parity-alert',
    alertId,
    facet: facet.name,
    version: version.number,
    measure,
    difference,
    audience,
    summary,
    raisedAt: isoNow(deps.clock),
  }
  await deps.outbox.append(event)
  const raised: AlertRaised = {
    type: 'alert.raised',
    alertId,
    kind: 'parity',
    facet: facet.name,
    version: version.number,
    audience,
  }
  await deps.outbox.append(raised)
}

function narrowestAudience(cases: readonly JudgedCase[]): Audience {
  return AUDIENCES.find((audience) => cases.some((each) => each.audience === audience)) ?? 'internal'
}

/** A check of a version's parity. */
interface ParityCheck {
  /** 1, 2, 3 … within the version. */
  readonly number: number
  readonly basis: ParityBasis
  /** Number of cases. */
  readonly cases: number
}

interface ParityCheckRow extends ParityCheck {
  version_id: string
  checked_at: string
}

export type ParityCheckStore = ReturnType<typeof createParityCheckStore>

/** The parity checks of each version. They are counted, because each may raise a false alert. */
export function createParityCheckStore(db: Database, clock: Clock) {
  const checks = () => db.sql<ParityCheckRow>('parity_checks')

  return {
    /** All checks of a version, in their order; there are few. */
    async of(versionId: string): Promise<ParityCheck[]> {
      return checks().where({ version_id: versionId }).orderBy('number').select('number', 'basis', 'cases')
    },

    /** Records a check. @returns false when another process has made it */
    async add(versionId: string, { number, basis, cases }: ParityCheck): Promise<boolean> {
      const added = await checks()
        .insert({ version_id: versionId, number, basis, cases, checked_at: isoNow(clock) })
        .onConflict(['version_id', 'number'])
        .ignore()
        .returning('number')
      return added.length > 0
    },
  }
}
