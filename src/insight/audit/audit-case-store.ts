import type { Knex } from 'knex'
import type { Audience } from '../../access/audience.ts'
import { joinBlindAnnotations } from '../../labels/label-queries.ts'
import { joinVersions } from '../../models/registry/version-queries.ts'
import { drawnThreads, perhapsLearned } from '../../models/training/audit-slice.ts'
import type { Database } from '../../platform/database/database.ts'
import { auditSnapshots, joinAuditSnapshots } from '../../review/audit/audit-snapshot-queries.ts'
import type { Circumstances } from '../../review/audit/audit-snapshot-store.ts'
import { misroutes } from '../../review/misroutes/misroute-queries.ts'
import { audienceNow } from '../../threads/protections/protection-queries.ts'
import { joinReadableThreads } from '../../threads/readable-threads.ts'
import { joinPredictions } from '../../triage/predictions/prediction-queries.ts'
import type { Destination } from '../../triage/routing/routing-rule.ts'

/**
 * Which predictions are judged: `routed`, those made when a thread was drawn, by any version; `active`, those that the
 * active version makes of the same threads.
 */
export type Judged = 'routed' | 'active'

/** From when (inclusive) until when (exclusive), ISO 8601; of `routed` when it was predicted, of `active` when drawn. */
export interface Period {
  readonly from?: string
  readonly to?: string
}

interface AuditQuery extends Period {
  readonly facetId: string
  readonly reader: Audience
  readonly judged: Judged
}

/** A drawn thread with the prediction that is judged. */
export interface DrawnCase {
  readonly threadId: string
  readonly audience: Audience
  readonly language: string
  /** Number of the version that predicted. */
  readonly version: number
  readonly label: string
  readonly confidence: number
  readonly assigned: boolean
  /** Whether the thread was labelled before it was drawn, and the version trained after that: then it is no test. */
  readonly mayHaveLearned: boolean
}

/** How a drawn thread would be routed by predictions alone. */
interface DrawnRouting {
  readonly ruleSetVersion: number
  readonly destination: Destination
  readonly circumstances: Circumstances
}

/** Labels given blind, by thread, then facet: one an agent, in the order in which they were given. */
export type BlindLabels = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>

interface CaseRow {
  thread_id: string
  audience: Audience
  language: string
  version: number
  label: string
  confidence: number
  decision: string
  may_have_learned: number | boolean
}

const CHUNK = 500

export type AuditCaseStore = ReturnType<typeof createAuditCaseStore>

/** Reads of the audit slice. They may read all of it, so they run off the event loop. */
export function createAuditCaseStore(db: Database) {
  const { sql } = db

  /** Draws, as `d`, of the threads that a reader may see, as `t`, with their sources, as `s`. */
  const slice = (reader: Audience) =>
    joinReadableThreads(drawnThreads(db), 'd.thread_id', reader, { which: 'questioned' })

  function routed({ facetId, reader, ...period }: AuditQuery): Knex.QueryBuilder {
    const query = joinVersions(joinAuditSnapshots(slice(reader), 'd.thread_id'), 'p.version_id')
      .where('p.facet_id', facetId)
      .select('p.may_have_learned')
    return within(query, 'p.taken_at', period)
  }

  function active({ facetId, reader, ...period }: AuditQuery): Knex.QueryBuilder {
    const query = joinVersions(joinPredictions(slice(reader), 'd.thread_id'), 'p.version_id')
      .where('p.facet_id', facetId)
      .where('v.status', 'active')
      .select({ may_have_learned: perhapsLearned(sql, { draw: 'd', version: 'v', prediction: 'p' }) })
    return within(query, 'd.drawn_at', period)
  }

  return {
    /** Drawn threads, labelled or not, with the predictions that are judged. */
    async drawn(query: AuditQuery): Promise<DrawnCase[]> {
      const rows = await db.longRead<CaseRow>(
        (query.judged === 'routed' ? routed(query) : active(query))
          .orderBy('d.thread_id')
          .select({ audience: audienceNow(db) })
          .select('d.thread_id', 't.language', 'v.number as version')
          .select('p.label', 'p.confidence', 'p.decision'),
      )
      return rows.map((row) => ({
        threadId: row.thread_id,
        audience: row.audience,
        language: row.language,
        version: row.version,
        label: row.label,
        confidence: row.confidence,
        assigned: row.decision === 'assigned',
        mayHaveLearned: Boolean(row.may_have_learned),
      }))
    },

    /** Ids of all threads in the slice. */
    async drawnIds(): Promise<Set<string>> {
      const rows = await db.longRead<{ thread_id: string }>(drawnThreads(db).select('d.thread_id'))
      return new Set(rows.map((row) => row.thread_id))
    },

    /** Each agent's last annotation of a thread and facet given without seeing a prediction and not revoked. */
    async blindLabels(reader: Audience): Promise<BlindLabels> {
      const ranked = joinBlindAnnotations(slice(reader), 'd.thread_id')
        .select('n.thread_id', 'n.position', 'f.name as facet', 'l.name as label')
        .select(
          sql.raw(
            'row_number() over (partition by n.thread_id, n.facet_id, n.actor_id order by n.position desc) as place',
          ),
        )
      const rows = await db.longRead<{ thread_id: string; facet: string; label: string }>(
        sql(ranked.as('ranked')).where('place', 1).orderBy(['thread_id', 'position']),
      )
      const given = new Map<string, Map<string, string[]>>()
      for (const { thread_id: threadId, facet, label } of rows) {
        const ofThread = given.get(threadId) ?? new Map<string, string[]>()
        given.set(threadId, ofThread.set(facet, [...(ofThread.get(facet) ?? []), label]))
      }
      return given
    },

    /** How drawn threads would be routed by predictions alone, keyed by thread. */
    async routings(facetId: string, threadIds: readonly string[]): Promise<Map<string, DrawnRouting>> {
      const routings = new Map<string, DrawnRouting>()
      for (let from = 0; from < threadIds.length; from += CHUNK) {
        const rows = await auditSnapshots(db, facetId)
          .whereIn('thread_id', threadIds.slice(from, from + CHUNK))
          .select('thread_id', 'rule_set_version', 'destination_kind', 'destination_name', 'circumstances')
        for (const row of rows)
          routings.set(row.thread_id, {
            ruleSetVersion: row.rule_set_version,
            destination: { kind: row.destination_kind, name: row.destination_name },
            circumstances: JSON.parse(row.circumstances),
          })
      }
      return routings
    },

    /** How many threads, drawn or not, someone reported as misrouted in a period. */
    async reportedMisroutes(reader: Audience, period: Period): Promise<number> {
      const query = joinReadableThreads(misroutes(db), 'm.thread_id', reader).countDistinct(
        'm.thread_id as n',
      )
      const [row] = await db.longRead<{ n: number | string }>(within(query, 'm.created_at', period))
      return Number(row?.n ?? 0)
    },
  }
}

function within(query: Knex.QueryBuilder, column: string, { from, to }: Period): Knex.QueryBuilder {
  if (from !== undefined) query.where(column, '>=', from)
  if (to !== undefined) query.where(column, '<', to)
  return query
}
