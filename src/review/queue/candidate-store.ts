import type { Knex } from 'knex'
import { joinLabels, labelsInForce } from '../../labels/label-queries.ts'
import type { LabelConfidence } from '../../learning/classifier.ts'
import type { AbstentionReason } from '../../learning/risk/abstention.ts'
import type { Database } from '../../platform/database/database.ts'
import { joinReadableThreads, readableThreads } from '../../threads/readable-threads.ts'
import { drawThreadIds, threadsWithQuestion } from '../../threads/thread-queries.ts'
import { currentPredictions } from '../../triage/predictions/prediction-queries.ts'
import { createQueueConditions, type QueueReader } from './queue-conditions.ts'

/** A thread that a strategy can choose. */
export interface Candidate {
  readonly threadId: string
  /** The model's likeliest labels in order; empty where it has no prediction. */
  readonly alternatives: readonly LabelConfidence[]
  /** Why the model abstained; absent where it assigned a label or has no prediction. */
  readonly abstained?: AbstentionReason
}

/** The beginning of a question, and its origin. */
export interface QuestionText {
  readonly title: string
  /** Markdown. */
  readonly question: string
  /** A key of its source and language. */
  readonly origin: string
}

/** Columns of predictions that measure uncertainty. */
export type UncertaintyOrder = 'margin' | 'entropy' | 'confidence'

/** An imported label that a model which had not seen the thread finds unlikely. */
export interface DoubtfulImport {
  readonly threadId: string
  readonly label: string
  /** The probability of the imported label, in [0, 1]. */
  readonly confidence: number
  /** The likeliest label. */
  readonly likely: string
}

/**
 * What is left of the threads of a facet when none is handed out: some that other agents hold; unlabelled ones of which
 * the model is nearly certain; those that the agent skipped; labelled ones only; none at all.
 */
export type LeftOver = 'held-by-others' | 'certain' | 'skipped' | 'labelled' | 'empty'

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

/** Threads drawn at random before the conditions are tested; sorting all of 100,000 takes a third of a second. */
const DRAWN = 6_000
/** A prediction that was assigned with such a lead teaches the model next to nothing. */
const CERTAIN = 0.95
/** A placeholder for a label; no text in the database contains it. */
const LABEL = '\0label'
/** Characters of a question that are compared with others. */
const READ_LENGTH = 1_200

/**
 * The threads among which a strategy chooses, a few thousand of all: without a label on the facet, not in the audit
 * slice, not misrouted, not claimed. What an import labelled is not among them, for the model has learned that label:
 * only a prediction made without it can doubt it (`doubtfulImports`). All reads are off the event loop.
 */
export function createCandidateStore(db: Database) {
  const { sql } = db
  const are = createQueueConditions(db)

  const free = (query: Knex.QueryBuilder, threadId: string, reader: QueueReader) =>
    query
      .whereNotExists(are.inAuditSlice(threadId))
      .whereNotExists(are.openMisroute(threadId, reader))
      .whereNotExists(are.claimed(threadId, reader))
      .whereNotExists(are.skippedByHolder(threadId, reader))
  const unlabelled = (query: Knex.QueryBuilder, threadId: string, reader: QueueReader) =>
    free(query, threadId, reader).whereNotExists(are.labelled(threadId, reader))
  const predicted = ({ limit, ...reader }: CandidateQuery) =>
    unlabelled(currentPredictions(db).where('p.facet_id', reader.facetId), 'p.thread_id', reader)
      .whereExists(are.visible('p.thread_id', reader))
      .where((worth) => worth.where('p.decision', 'abstained').orWhere('p.margin', '<', CERTAIN))
      .limit(limit)
      .select('p.thread_id', 'p.alternatives', 'p.reason')

  /** Imported labels in force that are suspect. */
  const doubts = (facetId: string) =>
    joinLabels(labelsInForce(db, facetId), 'g.label_id')
      .join('label_issues as i', (on) =>
        on
          .on('i.thread_id', 'g.thread_id')
          .andOn('i.facet_id', 'g.facet_id')
          .andOn('i.annotation_id', 'g.annotation_id'),
      )
      .where({ 'i.kind': 'suspect', 'g.provenance': 'import' })
      .select({ threadId: 'g.thread_id', label: 'l.name', confidence: 'i.score', likely: 'i.likely' })

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
    const query = readableThreads(db, reader.reader, { which: 'questioned' })
    if (!known) query.whereNotExists(are.predicted('t.id', reader))
    return unlabelled(query, 't.id', reader)
  }

  return {
    /** Predicted threads, the least sure first. */
    leastSure: (query: CandidateQuery, by: UncertaintyOrder): Promise<Candidate[]> =>
      candidates(
        predicted(query).orderBy([
          { column: `p.${by}`, order: by === 'entropy' ? 'desc' : 'asc' },
          'p.thread_id',
        ]),
      ),

    /** Threads predicted as each of these labels, the least sure first, at most `limit` of each label. */
    async leastSureOfEach(query: CandidateQuery, labels: readonly string[]): Promise<Candidate[]> {
      if (labels.length === 0) return []
      // Built once: building a hundred queries would block the event loop.
      const { sql: one, bindings } = predicted(query)
        .where('p.label', LABEL)
        .orderBy(['p.margin', 'p.thread_id'])
        .toSQL()
      const all = labels.map((_, at) => `select * from (${one}) as label_${at}`).join(' union all ')
      const values = labels.flatMap((label) => bindings.map((each) => (each === LABEL ? label : each)))
      return candidates(sql.raw(all, values as Knex.RawBinding[]))
    },

    /**
     * Threads spread over sources and languages, random within each.
     *
     * @param of known: whether to include threads that have a prediction
     */
    async spread(query: CandidateQuery, of: { readonly known: boolean }): Promise<Candidate[]> {
      const { limit, ...reader } = query
      const drawn = drawThreadIds(db, DRAWN)
      const strata = (among: Knex.QueryBuilder) =>
        sql
          .select('id')
          .from(
            among
              .select('t.id')
              .select(
                sql.raw(
                  'row_number() over (partition by t.source_id, t.language order by ?, t.id) as place',
                  [db.byChance('t.id')],
                ),
              )
              .as('strata'),
          )
          .orderBy(['place', { column: db.byChance('id') }, 'id'])
          .limit(limit)
      const found = await ids(strata(threads(reader, of).whereIn('t.id', drawn)))
      // Where most threads are labelled, few of those drawn qualify: then all threads are read.
      return found.length >= limit / 4 ? found : ids(strata(threads(reader, of)))
    },

    /** Random threads, each as likely as any other. */
    drawn: ({ limit, ...reader }: CandidateQuery, of: { readonly known: boolean }): Promise<Candidate[]> =>
      ids(
        threads(reader, of)
          .orderBy([{ column: db.byChance('t.id') }, 't.id'])
          .limit(limit)
          .select('t.id'),
      ),

    /**
     * Threads whose imported label the last search for label issues found doubtful, by predictions of models that had not
     * seen them; the least likely label first.
     */
    async doubtfulImports({ limit, ...reader }: CandidateQuery): Promise<DoubtfulImport[]> {
      return db.longRead<DoubtfulImport>(
        free(doubts(reader.facetId), 'g.thread_id', reader)
          .whereExists(are.visible('g.thread_id', reader))
          .orderBy(['i.score', 'g.thread_id'])
          .limit(limit),
      )
    },

    /** The doubts about imported labels of these threads (at most 500), by thread. */
    async doubtsAmong(facetId: string, threadIds: readonly string[]): Promise<Map<string, DoubtfulImport>> {
      const rows: DoubtfulImport[] = await doubts(facetId).whereIn('g.thread_id', threadIds)
      return new Map(rows.map((row) => [row.threadId, row]))
    },

    /**
     * Why a reader was handed nothing: of several reasons, what somebody can do something about first. What they skipped they
     * can take up again; what the model is certain of needs nobody.
     */
    async leftOver(reader: QueueReader): Promise<LeftOver> {
      const any = async (query: Knex.QueryBuilder) => (await db.longRead(query.limit(1))).length > 0
      const heldByOthers = await any(
        readableThreads(db, reader.reader, { which: 'questioned' })
          .whereExists(are.claimedByOthers('t.id', reader))
          .whereNotExists(are.labelledByAgent('t.id', reader))
          .select('t.id'),
      )
      if (heldByOthers) return 'held-by-others'
      const skipped = await any(
        readableThreads(db, reader.reader, { which: 'questioned' })
          .whereExists(are.skippedByHolder('t.id', reader))
          .whereNotExists(are.labelledByAgent('t.id', reader))
          .select('t.id'),
      )
      if (skipped) return 'skipped'
      if (await any(threads(reader, { known: true }).select('t.id'))) return 'certain'
      const exists = await any(readableThreads(db, reader.reader, { which: 'questioned' }).select('t.id'))
      return exists ? 'labelled' : 'empty'
    },

    /** Thread id → text, without threads that have no question. */
    async texts(threadIds: readonly string[]): Promise<Map<string, QuestionText>> {
      const rows = await db.longRead<TextRow>(
        threadsWithQuestion(db)
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

    /** Threads that agents labelled on the facet and that the reader may see, the latest first. */
    async recentlyLabelled({ limit, ...reader }: CandidateQuery): Promise<string[]> {
      const rows = await db.longRead<{ id: string }>(
        labelsInForce(db, reader.facetId)
          .where('g.provenance', 'agent')
          .whereExists(are.visible('g.thread_id', reader))
          .orderBy('g.annotation_id', 'desc')
          .limit(limit)
          .select('g.thread_id as id'),
      )
      return rows.map(({ id }) => id)
    },

    /** Label name → threads with that label in force that the reader may see. */
    async examples({
      facetId,
      reader,
    }: Pick<QueueReader, 'facetId' | 'reader'>): Promise<Map<string, number>> {
      const query = joinLabels(labelsInForce(db, facetId), 'g.label_id')
        .groupBy('l.name')
        .select('l.name', sql.raw('count(*) as n'))
      if (reader !== 'internal') joinReadableThreads(query, 'g.thread_id', reader, { which: 'stored' })
      const rows = await db.longRead<{ name: string; n: number }>(query)
      return new Map(rows.map(({ name, n }) => [name, n]))
    },
  }
}
