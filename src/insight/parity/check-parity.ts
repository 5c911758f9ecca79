import { AUDIENCES, type Audience } from '../../access/audience.ts'
import type { Facet } from '../../labels/facet.ts'
import type { ModelVersion } from '../../models/registry/model-version.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { InsightDeps } from '../deps.ts'
import type { ParityAlert } from '../events.ts'
import type { ParityFinding } from './alert-store.ts'
import { describeDifference } from './describe-parity.ts'
import { compareLanguages, hasEnough, type JudgedCase, type ParityBasis } from './parity.ts'
import { type JudgedVersion, judgeVersion } from './parity-report.ts'

/** Probability, at most, that a version which treats languages alike ever raises an alert, however often it is looked at. */
const ALPHA = 0.05
/** By how much the cases must have grown since the last look for another to be worth its share of `ALPHA`. */
const GROWTH = 1.25

/**
 * Looks whether the versions in force treat French and English alike, and raises an alert of each measure in which one
 * does not. May be done at any time, and twice at once: a look is had once.
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
  const look = { number: checks.length + 1, basis: judged.basis, cases: judged.cases.length }
  if (last !== undefined && look.cases < GROWTH * last.cases) return
  const found = findings(facet, judged, levelOf(look.number))
  await deps.db.transaction(async () => {
    if (!(await deps.checks.add(version.id, look))) return
    for (const finding of found) await raise(deps, facet, version, finding, closestCircle(judged.cases))
  })
}

/**
 * What look number `n` may spend of `ALPHA`: `ALPHA / (n (n + 1))`, which adds up to `ALPHA` over all looks. Looking
 * every day at the level of one look would sooner or later give an alarm about any model.
 */
function levelOf(look: number): number {
  return ALPHA / (look * (look + 1))
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
  const alertId = await deps.alerts.raise({ facetId: facet.id, versionId: version.id, audience, finding })
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
  }
  await deps.outbox.append(event)
}

function closestCircle(cases: readonly JudgedCase[]): Audience {
  return AUDIENCES.find((audience) => cases.some((each) => each.audience === audience)) ?? 'internal'
}

/** One time that the parity of a version was looked at for an alert. */
interface ParityLook {
  /** 1, 2, 3 … within the version. */
  readonly number: number
  readonly basis: ParityBasis
  /** Cases there were. */
  readonly cases: number
}

interface ParityCheckRow extends ParityLook {
  version_id: string
  checked_at: string
}

export type ParityCheckStore = ReturnType<typeof createParityCheckStore>

/** How often the parity of each version was looked at: each look may raise a false alarm, so they are counted. */
export function createParityCheckStore(db: Database, clock: Clock) {
  const checks = () => db.sql<ParityCheckRow>('parity_checks')

  return {
    /** All of a version, the first first; there are few. */
    async of(versionId: string): Promise<ParityLook[]> {
      return checks().where({ version_id: versionId }).orderBy('number').select('number', 'basis', 'cases')
    },

    /** @returns false when another process has had this look */
    async add(versionId: string, { number, basis, cases }: ParityLook): Promise<boolean> {
      const added = await checks()
        .insert({ version_id: versionId, number, basis, cases, checked_at: isoNow(clock) })
        .onConflict(['version_id', 'number'])
        .ignore()
        .returning('number')
      return added.length > 0
    },
  }
}
