import type { Knex } from 'knex'
import { type Audience, visibleTo } from '../../access/audience.ts'
import { perhapsLearned } from '../../models/training/audit-slice-store.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Circumstances } from '../../review/audit/audit-snapshot-store.ts'
import type { Destination } from '../../triage/routing/routing-rule.ts'

/**
 * Whose word is judged: `routed`, what was predicted when a thread was drawn, whatever became of that version; `active`,
 * what the version in force says of the same threads today.
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

/** What was said of a thread in the slice. */
export interface DrawnCase {
  readonly threadId: string
  readonly audience: Audience
  readonly language: string
  /** Number of the version that said it. */
  readonly version: number
  readonly label: string
  readonly confidence: number
  readonly assigned: boolean
  /** Labelled before it was drawn, and the version made after that: no test of it. */
  readonly mayHaveLearned: boolean
}

/** How a drawn thread would be routed by predictions alone. */
interface DrawnRouting {
  readonly ruleSetVersion: number
  readonly destination: Destination
  readonly circumstances: Circumstances
}

/** Labels given blind: by thread, then facet; one an agent, in the order in which they were given. */
export type BlindVotes = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>

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

/** Reads of the audit slice. They may pass over all of it, so they keep off the server's thread. */
export function createAuditCaseStore(db: Database) {
  const { sql } = db

  /** Threads of the slice that a reader may see, as `a`, `t` and `s`. */
  const slice = (reader: Audience) =>
    sql('audit_slice as a')
      .join('threads as t', 't.id', 'a.thread_id')
      .join('sources as s', 's.id', 't.source_id')
      .whereIn('s.audience', visibleTo(reader))
      .whereNull('t.removed_at')
      .whereNull('t.merged_into')
      .whereNotNull('t.question_id')

  function routed({ facetId, reader, ...period }: AuditQuery): Knex.QueryBuilder {
    const query = slice(reader)
      .join('audit_snapshots as p', 'p.thread_id', 'a.thread_id')
      .join('model_versions as v', 'v.id', 'p.version_id')
      .where('p.facet_id', facetId)
      .select('p.may_have_learned')
    return within(query, 'p.taken_at', period)
  }

  function active({ facetId, reader, ...period }: AuditQuery): Knex.QueryBuilder {
    const query = slice(reader)
      .join('predictions as p', 'p.thread_id', 'a.thread_id')
      .join('model_versions as v', 'v.id', 'p.version_id')
      .where('p.facet_id', facetId)
      .where('v.status', 'active')
      .select({ may_have_learned: perhapsLearned(sql, { draw: 'a', version: 'v', prediction: 'p' }) })
    return within(query, 'a.drawn_at', period)
  }

  return {
    /** What was said of drawn threads, labelled or not, by thread. */
    async drawn(query: AuditQuery): Promise<DrawnCase[]> {
      const rows = await db.longRead<CaseRow>(
        (query.judged === 'routed' ? routed(query) : active(query))
          .orderBy('a.thread_id')
          .select('a.thread_id', 's.audience', 't.language', 'v.number as version')
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
      const rows = await db.longRead<{ thread_id: string }>(sql('audit_slice').select('thread_id'))
      return new Set(rows.map((row) => row.thread_id))
    },

    /** Each agent's last standing label among those given without seeing a prediction, in any facet. */
    async blindVotes(reader: Audience): Promise<BlindVotes> {
      const ranked = slice(reader)
        .join('annotations as n', 'n.thread_id', 'a.thread_id')
        .join('labels as l', 'l.id', 'n.label_id')
        .join('facets as f', 'f.id', 'n.facet_id')
        .leftJoin('annotation_revocations as r', 'r.annotation_id', 'n.id')
        .where('n.provenance', 'agent')
        .whereRaw('n.blind')
        .whereNull('r.annotation_id')
        .select('n.thread_id', 'n.position', 'f.name as facet', 'l.name as label')
        .select(
          sql.raw(
            'row_number() over (partition by n.thread_id, n.facet_id, n.actor_id order by n.position desc) as place',
          ),
        )
      const rows = await db.longRead<{ thread_id: string; facet: string; label: string }>(
        sql(ranked.as('ranked')).where('place', 1).orderBy(['thread_id', 'position']),
      )
      const votes = new Map<string, Map<string, string[]>>()
      for (const { thread_id: threadId, facet, label } of rows) {
        const ofThread = votes.get(threadId) ?? new Map<string, string[]>()
        votes.set(threadId, ofThread.set(facet, [...(ofThread.get(facet) ?? []), label]))
      }
      return votes
    },

    /** How drawn threads would be routed by predictions alone, keyed by thread. */
    async routings(facetId: string, threadIds: readonly string[]): Promise<Map<string, DrawnRouting>> {
      const routings = new Map<string, DrawnRouting>()
      for (let from = 0; from < threadIds.length; from += CHUNK) {
        const rows = await sql('audit_snapshots')
          .where({ facet_id: facetId })
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
      const query = sql('misroutes as m')
        .join('threads as t', 't.id', 'm.thread_id')
        .join('sources as s', 's.id', 't.source_id')
        .whereIn('s.audience', visibleTo(reader))
        .whereNull('t.removed_at')
        .whereNull('t.merged_into')
        .countDistinct('m.thread_id as n')
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
