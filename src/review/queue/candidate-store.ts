import type { Knex } from 'knex'
import { visibleTo } from '../../access/audience.ts'
import type { LabelConfidence } from '../../learning/classifier.ts'
import type { AbstentionReason } from '../../learning/risk/abstention.ts'
import type { Database } from '../../platform/database/database.ts'
import { createQueueConditions, type QueueReader } from './queue-conditions.ts'

/** A thread that could be asked about. */
export interface Candidate {
  readonly threadId: string
  /** What the model thinks of it, the likeliest first; empty where it has not been asked. */
  readonly alternatives: readonly LabelConfidence[]
  /** Why the model assigned it no label; absent where it did. */
  readonly abstained?: AbstentionReason
}

/** How a question begins, and where it is from. */
export interface QuestionText {
  readonly title: string
  /** Markdown. */
  readonly question: string
  /** The same for threads of one source and language. */
  readonly origin: string
}

/** Columns of a prediction by which the least sure come first. */
export type UncertaintyOrder = 'margin' | 'entropy' | 'confidence'

interface CandidateQuery extends QueueReader {
  readonly limit: number
}

interface CandidateRow {
  thread_id: string
  alternatives: string
  reason: AbstentionReason | null
}

interface TextRow {
  id: string
  title: string
  question: string
  source_id: string
  language: string
}

export type CandidateStore = ReturnType<typeof createCandidateStore>

/** Threads drawn by chance before it is known which of them qualify; a third of a second where all are sorted. */
const DRAWN = 6_000
/** Stands for a label until it is put in; no text in the database holds it. */
const LABEL = '\0label'
/** Characters of a question that are read to compare it with others. */
const READ_LENGTH = 1_200

/**
 * The few thousand of all threads among which a strategy chooses: those of no agent's label on the facet, and in no list
 * of another kind. All reads keep off the server's thread.
 */
export function createCandidateStore(db: Database) {
  const { sql } = db
  const are = createQueueConditions(db)

  const free = (query: Knex.QueryBuilder, threadId: string, reader: QueueReader) =>
    query
      .whereNotExists(are.labelledByAgent(threadId, reader))
      .whereNotExists(are.inAuditSlice(threadId))
      .whereNotExists(are.openMisroute(threadId))
      .whereNotExists(are.claimed(threadId, reader))
  const predicted = ({ limit, ...reader }: CandidateQuery) =>
    free(sql('predictions as p').where('p.facet_id', reader.facetId), 'p.thread_id', reader)
      .whereExists(are.visible('p.thread_id', reader))
      .limit(limit)
      .select('p.thread_id', 'p.alternatives', 'p.reason')

  async function candidates(query: Knex.QueryBuilder | Knex.Raw): Promise<Candidate[]> {
    const rows = await db.longRead<CandidateRow>(query)
    return rows.map(({ thread_id, alternatives, reason }) => ({
      threadId: thread_id,
      alternatives: JSON.parse(alternatives),
      abstained: reason ?? undefined,
    }))
  }

  async function ids(query: Knex.QueryBuilder): Promise<Candidate[]> {
    const rows = await db.longRead<{ id: string }>(query)
    return rows.map(({ id }) => ({ threadId: id, alternatives: [] }))
  }

  const threads = (reader: QueueReader, { known }: { readonly known: boolean }) => {
    const query = sql('threads as u')
      .join('sources as s', 's.id', 'u.source_id')
      .whereIn('s.audience', visibleTo(reader.reader))
      .whereNotNull('u.question_id')
      .whereNull('u.removed_at')
      .whereNull('u.merged_into')
    if (!known)
      query.whereNotExists(are.labelled('u.id', reader)).whereNotExists(are.predicted('u.id', reader))
    return free(query, 'u.id', reader)
  }

  return {
    /** Predicted, the least sure first. */
    leastSure: (query: CandidateQuery, by: UncertaintyOrder): Promise<Candidate[]> =>
      candidates(
        predicted(query).orderBy([
          { column: `p.${by}`, order: by === 'entropy' ? 'desc' : 'asc' },
          'p.thread_id',
        ]),
      ),

    /** Of each of these labels, predicted as it, the least sure first; `limit` of each. */
    async leastSureOfEach(query: CandidateQuery, labels: readonly string[]): Promise<Candidate[]> {
      if (labels.length === 0) return []
      // Put together once: to build a hundred queries would keep the thread busy for long.
      const { sql: one, bindings } = predicted(query)
        .where('p.label', LABEL)
        .orderBy(['p.margin', 'p.thread_id'])
        .toSQL()
      const all = labels.map((_, at) => `select * from (${one}) as label_${at}`).join(' union all ')
      const values = labels.flatMap((label) => bindings.map((each) => (each === LABEL ? label : each)))
      return candidates(sql.raw(all, values as Knex.RawBinding[]))
    },

    /**
     * Spread over sources and languages, by chance within each.
     *
     * @param of known: whether threads that the model has predicted, or that came with a label, are among them
     */
    async spread(query: CandidateQuery, of: { readonly known: boolean }): Promise<Candidate[]> {
      const { limit, ...reader } = query
      const drawn = sql('threads as d')
        .orderBy([{ column: db.byChance('d.id') }, 'd.id'])
        .limit(DRAWN)
        .select('d.id')
      const strata = (among: Knex.QueryBuilder) =>
        sql
          .select('id')
          .from(
            among
              .select('u.id')
              .select(
                sql.raw(
                  'row_number() over (partition by u.source_id, u.language order by ?, u.id) as place',
                  [db.byChance('u.id')],
                ),
              )
              .as('strata'),
          )
          .orderBy(['place', { column: db.byChance('id') }, 'id'])
          .limit(limit)
      const found = await ids(strata(threads(reader, of).whereIn('u.id', drawn)))
      // Where most are labelled, few of those drawn are left: then all are looked at.
      return found.length >= limit / 4 ? found : ids(strata(threads(reader, of)))
    },

    /** Each as likely as any other. */
    drawn: ({ limit, ...reader }: CandidateQuery, of: { readonly known: boolean }): Promise<Candidate[]> =>
      ids(
        threads(reader, of)
          .orderBy([{ column: db.byChance('u.id') }, 'u.id'])
          .limit(limit)
          .select('u.id'),
      ),

    /** Of threads, without those that are not there. */
    async texts(threadIds: readonly string[]): Promise<Map<string, QuestionText>> {
      const rows = await db.longRead<TextRow>(
        sql('threads as t')
          .join('posts as q', 'q.id', 't.question_id')
          .where(db.among('t.id', threadIds))
          .select('t.id', 't.title', 't.source_id', 't.language')
          .select(sql.raw(`substr(q.body, 1, ${READ_LENGTH}) as question`)),
      )
      return new Map(
        rows.map(({ id, title, question, ...row }) => {
          return [id, { title, question, origin: `${row.source_id} ${row.language}` }]
        }),
      )
    },

    /** Threads that agents labelled on the facet, the latest first, as far as the reader may see them. */
    async labelledLately({ limit, ...reader }: CandidateQuery): Promise<string[]> {
      const rows = await db.longRead<{ id: string }>(
        sql('thread_labels as g')
          .where({ 'g.facet_id': reader.facetId, 'g.provenance': 'agent' })
          .whereExists(are.visible('g.thread_id', reader))
          .orderBy('g.annotation_id', 'desc')
          .limit(limit)
          .select('g.thread_id as id'),
      )
      return rows.map(({ id }) => id)
    },

    /** Examples that agents and imports gave of each label, by name, as far as the reader may see the threads. */
    async examples({
      facetId,
      reader,
    }: Pick<QueueReader, 'facetId' | 'reader'>): Promise<Map<string, number>> {
      const query = sql('thread_labels as g')
        .join('labels as l', 'l.id', 'g.label_id')
        .where('g.facet_id', facetId)
        .groupBy('l.name')
        .select('l.name', sql.raw('count(*) as n'))
      if (reader !== 'internal')
        query
          .join('threads as t', 't.id', 'g.thread_id')
          .join('sources as s', 's.id', 't.source_id')
          .whereIn('s.audience', visibleTo(reader))
      const rows = await db.longRead<{ name: string; n: number }>(query)
      return new Map(rows.map(({ name, n }) => [name, n]))
    },
  }
}
