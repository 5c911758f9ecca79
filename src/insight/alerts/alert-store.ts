import { type Audience, visibleTo } from '../../access/audience.ts'
import { joinFacets } from '../../labels/label-queries.ts'
import type { Interval } from '../../learning/statistics/proportions.ts'
import { activeVersionIds, joinVersions, overtakenVersionIds } from '../../models/registry/version-queries.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import type { Sentences } from '../../text/wording.ts'
import type { Measure, ParityBasis } from '../parity/parity.ts'

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

/** What the gate said of a version that it refused. */
interface RefusalFinding {
  readonly summary: Sentences
}

interface AlertFacts {
  readonly id: string
  readonly facet: string
  /** Number of the model version that it is about. */
  readonly version: number
  readonly raisedAt: string
  /** Absent while the alert is open. */
  readonly resolvedAt?: string
}

/**
 * Something that supervisors should check. An alert about parity is open until another version is activated, one about a
 * refused version until any version of the facet is trained or activated.
 */
export type Alert = AlertFacts &
  ((ParityFinding & { readonly kind: 'parity' }) | (RefusalFinding & { readonly kind: 'refusal' }))

/** What an alert is about. */
interface AlertSubject {
  readonly facetId: string
  readonly versionId: string
  /** The narrowest audience among the threads that it is based on; nobody else sees it. */
  readonly audience: Audience
}

interface AlertRow {
  id: string
  kind: Alert['kind']
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

/** Alerts: each is raised once, and open until another version makes it obsolete. */
export function createAlertStore(db: Database, clock: Clock) {
  const alerts = () => db.sql<AlertRow>('insight_alerts')

  async function raise(
    { facetId, versionId, audience }: AlertSubject,
    { kind, subject }: Pick<AlertRow, 'kind' | 'subject'>,
    details: object,
  ): Promise<string | undefined> {
    const [added] = await alerts()
      .insert({
        id: newId('alr', clock.now()),
        kind,
        subject,
        facet_id: facetId,
        version_id: versionId,
        audience,
        details: JSON.stringify(details),
        raised_at: isoNow(clock),
        resolved_at: null,
      })
      .onConflict('subject')
      .ignore()
      .returning('id')
    return added?.id
  }

  const resolve = (kind: Alert['kind']) =>
    alerts()
      .where({ kind })
      .whereNull('resolved_at')
      .update({ resolved_at: isoNow(clock) })

  return {
    /** Raises an alert about a measure of a version. @returns its id; undefined when it was raised before */
    raiseParity: ({ finding, ...about }: AlertSubject & { readonly finding: ParityFinding }) =>
      raise(about, { kind: 'parity', subject: `parity ${about.versionId} ${finding.measure}` }, finding),

    /** Raises an alert about a refused version. @returns its id; undefined when it was raised before */
    raiseRefusal: ({ finding, ...about }: AlertSubject & { readonly finding: RefusalFinding }) =>
      raise(about, { kind: 'refusal', subject: `refusal ${about.versionId}` }, finding),

    /** Resolves the alerts that another version has made obsolete. */
    async resolveOutdated(): Promise<void> {
      await resolve('parity').whereNotIn('version_id', activeVersionIds(db))
      await resolve('refusal').whereIn('version_id', overtakenVersionIds(db))
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
  const facts: AlertFacts = {
    id: row.id,
    facet: row.facet,
    version: row.version,
    raisedAt: row.raised_at,
    resolvedAt: row.resolved_at ?? undefined,
  }
  const details: unknown = JSON.parse(row.details)
  return row.kind === 'parity'
    ? { ...facts, kind: 'parity', ...(details as ParityFinding) }
    : { ...facts, kind: 'refusal', ...(details as RefusalFinding) }
}
