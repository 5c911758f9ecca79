import { type Audience, visibleTo } from '../../access/audience.ts'
import type { Interval } from '../../learning/statistics/proportions.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import type { Sentences } from '../wording.ts'
import type { Measure, ParityBasis } from './parity.ts'

/** What is told of a difference between French and English. */
export interface ParityFinding {
  readonly measure: Measure
  /** French less English. */
  readonly difference: number
  /** 95 % confidence interval. */
  readonly interval: Interval
  /** Of such a difference by chance, for its being one of several (Holm 1979). */
  readonly p: number
  /** What p had to be at most at this look. */
  readonly level: number
  readonly basis: ParityBasis
  readonly cases: { readonly fr: number; readonly en: number }
  readonly summary: Sentences
}

/** Something that supervisors should look at. */
export interface Alert extends ParityFinding {
  readonly id: string
  readonly kind: 'parity'
  readonly facet: string
  /** Number of the model version that it is about. */
  readonly version: number
  readonly raisedAt: string
  /** When another version took that one's place; absent while it is open. */
  readonly resolvedAt?: string
}

/** An alert to raise; a version has one of a measure at most. */
export interface NewAlert {
  readonly facetId: string
  readonly versionId: string
  /** The closest circle among the threads that it rests on: nobody else is told. */
  readonly audience: Audience
  readonly finding: ParityFinding
}

interface AlertRow {
  id: string
  kind: 'parity'
  /** What it is about, of which there is one alert. */
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
  /** Those settled instead of those open. */
  readonly settled: boolean
  readonly facetId?: string
  readonly cursor?: string
  readonly limit: number
}

export type AlertStore = ReturnType<typeof createAlertStore>

/** Alerts: raised once each, open until another version is in force. */
export function createAlertStore(db: Database, clock: Clock) {
  const alerts = () => db.sql<AlertRow>('insight_alerts')

  return {
    /** @returns the id of a new alert, undefined when there is one of the same already */
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

    /** Resolves what is about versions that are no longer in force. */
    async resolveOutdated(): Promise<void> {
      const inForce = db.sql('model_versions').where({ status: 'active' }).select('id')
      await alerts()
        .whereNull('resolved_at')
        .whereNotIn('version_id', inForce)
        .update({ resolved_at: isoNow(clock) })
    },

    /** Newest first. */
    async list({ reader, settled, facetId, cursor, limit }: AlertQuery): Promise<Page<Alert>> {
      const query = db
        .sql('insight_alerts as a')
        .join('facets as f', 'f.id', 'a.facet_id')
        .join('model_versions as v', 'v.id', 'a.version_id')
        .whereIn('a.audience', visibleTo(reader))
        .orderBy('a.id', 'desc')
        .limit(limit + 1)
        .select<(AlertRow & { facet: string; version: number })[]>(
          'a.*',
          'f.name as facet',
          'v.number as version',
        )
      if (settled) query.whereNotNull('a.resolved_at')
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
    ...(row.resolved_at !== null && { resolvedAt: row.resolved_at }),
  }
}
