import { type Audience, visibleTo } from '../../access/audience.ts'
import { joinFacets } from '../../labels/label-queries.ts'
import type { Interval } from '../../learning/statistics/proportions.ts'
import { activeVersionIds, joinVersions } from '../../models/registry/version-queries.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import type { Sentences } from '../wording.ts'
import type { Measure, ParityBasis } from './parity.ts'

/** A difference between French and English that raised an alert. */
export interface ParityFinding {
  readonly measure: Measure
  /** French less English. */
  readonly difference: number
  /** 95 % confidence interval. */
  readonly interval: Interval
  /** p-value of the difference, adjusted for several measures (Holm 1979). */
  readonly p: number
  /** The most that p could be at this check. */
  readonly level: number
  readonly basis: ParityBasis
  readonly cases: { readonly fr: number; readonly en: number }
  readonly summary: Sentences
}

/** Something that supervisors should check. */
export interface Alert extends ParityFinding {
  readonly id: string
  readonly kind: 'parity'
  readonly facet: string
  /** Number of the model version that it is about. */
  readonly version: number
  readonly raisedAt: string
  /** When another version was activated; absent while the alert is open. */
  readonly resolvedAt?: string
}

/** An alert to raise; a version has one of a measure at most. */
export interface NewAlert {
  readonly facetId: string
  readonly versionId: string
  /** The narrowest audience among the threads that it is based on; nobody else sees it. */
  readonly audience: Audience
  readonly finding: ParityFinding
}

interface AlertRow {
  id: string
  kind: 'parity'
  /** What it is about; there is one alert a subject. */
  subject: string
  facet_id: string
  version_id: string
  audience: Audience
  details: string
  raised_at: string
  resolved_at: string | null
}

export interface AlertQuery {
  readonly reader: Audience
  /** Resolved alerts instead of open ones. */
  readonly resolved: boolean
  readonly facetId?: string
  readonly cursor?: string
  readonly limit: number
}

export type AlertStore = ReturnType<typeof createAlertStore>

/** Alerts: each is raised once, and open until another version is active. */
export function createAlertStore(db: Database, clock: Clock) {
  const alerts = () => db.sql<AlertRow>('insight_alerts')

  return {
    /** Raises an alert. @returns its id; undefined when the same alert was raised before */
    async raise({ facetId, versionId, audience, finding }: NewAlert): Promise<string | undefined> {
      const [added] = await alerts()
        .insert({
          id: newId('alr', clock.now()),
          kind: 'parity',
          subject: `parity ${versionId} ${finding.measure}`,
          facet_id: facetId,
          version_id: versionId,
          audience,
          details: JSON.stringify(finding),
          raised_at: isoNow(clock),
          resolved_at: null,
        })
        .onConflict('subject')
        .ignore()
        .returning('id')
      return added?.id
    },

    /** Resolves the alerts about versions that are no longer active. */
    async resolveOutdated(): Promise<void> {
      await alerts()
        .whereNull('resolved_at')
        .whereNotIn('version_id', activeVersionIds(db))
        .update({ resolved_at: isoNow(clock) })
    },

    /** Newest first. */
    async list({ reader, resolved, facetId, cursor, limit }: AlertQuery): Promise<Page<Alert>> {
      const query = joinVersions(joinFacets(db.sql('insight_alerts as a'), 'a.facet_id'), 'a.version_id')
        .whereIn('a.audience', visibleTo(reader))
        .orderBy('a.id', 'desc')
        .limit(limit + 1)
        .select<(AlertRow & { facet: string; version: number })[]>(
          'a.*',
          'f.name as facet',
          'v.number as version',
        )
      if (resolved) query.whereNotNull('a.resolved_at')
      else query.whereNull('a.resolved_at')
      if (facetId !== undefined) query.where('a.facet_id', facetId)
      if (cursor !== undefined) query.where('a.id', '<', decodeCursor(cursor).id)
      const rows = (await query).map(present)
      return toPage(rows, limit, ({ id, raisedAt }) => ({ key: raisedAt, id }))
    },
  }
}

function present(row: AlertRow & { facet: string; version: number }): Alert {
  return {
    id: row.id,
    kind: row.kind,
    facet: row.facet,
    version: row.version,
    ...(JSON.parse(row.details) as ParityFinding),
    raisedAt: row.raised_at,
    resolvedAt: row.resolved_at ?? undefined,
  }
}
