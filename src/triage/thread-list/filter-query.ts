import type { Knex } from 'knex'
import { hasLabel, isLabelled, threadsWithLabel } from '../../labels/label-queries.ts'
import type { Database } from '../../platform/database/database.ts'
import { readableThreads } from '../../threads/readable-threads.ts'
import { threadsAskedBy } from '../../threads/thread-queries.ts'
import { actsOnlyWhereMeasured } from '../measurements/measurement.ts'
import { isActing } from '../measurements/measurement-queries.ts'
import { currentPredictions } from '../predictions/prediction-queries.ts'
import type { LabelBasis, ListedDecision, OnFacet, ThreadFilter } from './thread-filter.ts'

/** A facet as filters refer to it. */
export interface FilterFacet {
  readonly id: string
  readonly name: string
}

/** A filter whose names were looked up. */
export interface ResolvedFilter extends Omit<ThreadFilter, 'labels' | 'unlabelled' | 'source' | 'text'> {
  readonly labels: readonly {
    readonly facet: FilterFacet
    readonly labels: readonly { readonly id: string; readonly name: string }[]
  }[]
  readonly unlabelled: readonly FilterFacet[]
  readonly facets: ReadonlyMap<string, FilterFacet>
  readonly sourceId?: string
  /** Threads that search found; absent where no text is stated. */
  readonly found?: readonly string[]
}

/**
 * Rows of one condition up to which the threads are read by it, and sorted. Of a million threads, a condition with more
 * rows holds for one in two hundred: reading threads in their order, a page is full soon.
 */
const FEW = 5_000

/**
 * The threads that a filter lets through, as `t`, with their sources, as `s`.
 *
 * @returns also whether they are few, so that they are read by their ids and sorted, or many, so that they are read in
 *   the order of an index
 */
export async function filteredThreads(
  db: Database,
  filter: ResolvedFilter,
): Promise<{ readonly query: Knex.QueryBuilder; readonly few: boolean }> {
  const few = filter.found ?? (await fewest(db, filter))
  const query = readableThreads(db, filter.reader)
  if (few !== undefined) query.where(db.among('t.id', few))
  narrow(db, query, filter)
  return { query, few: few !== undefined }
}

/** The ids of the condition that holds for the fewest threads, if these are few. */
async function fewest(db: Database, filter: ResolvedFilter): Promise<string[] | undefined> {
  let best: { readonly query: Knex.QueryBuilder; readonly rows: number } | undefined
  for (const query of conditions(db, filter)) {
    const most = best === undefined ? FEW : best.rows
    // Counted before they are read: thousands of ids that are too many would all be handed over for nothing.
    const counted = db.sql
      .from(
        query
          .clone()
          .limit(most + 1)
          .as('some'),
      )
      .count('* as n')
    const rows = Number((await db.longRead<{ n: number | string }>(counted))[0]?.n)
    if (rows <= most) best = { query, rows }
  }
  if (best === undefined) return undefined
  const found = await db.longRead<{ id: string }>(best.query.limit(FEW + 1))
  // More than were counted may have come meanwhile.
  return found.length > FEW ? undefined : found.map(({ id }) => id)
}

/** For each condition that an index answers, the ids of all threads for which it may hold. */
function conditions(db: Database, filter: ResolvedFilter): Knex.QueryBuilder[] {
  const { reader, labels, labelBasis = 'any', reason, destination, author } = filter
  const { sourceId, createdAfter, createdBefore } = filter
  const predicted = (facet: FilterFacet) => currentPredictions(db).where('p.facet_id', facet.id)
  const queries: Knex.QueryBuilder[] = []
  for (const { facet, labels: any } of labels) {
    const given = threadsWithLabel(
      db,
      facet.id,
      any.map(({ id }) => id),
    )
    const names = any.map(({ name }) => name)
    const byModel = predicted(facet).whereIn('p.label', names).select('p.thread_id as id')
    if (labelBasis === 'given') queries.push(given)
    else if (labelBasis === 'predicted') queries.push(byModel)
    else queries.push(db.sql.from(given.unionAll([byModel]).as('either')).select('id'))
  }
  if (reason !== undefined)
    queries.push(
      predicted(filter.facets.get(reason.facet)!)
        .where('p.reason', reason.value)
        .whereNotNull('p.reason')
        .select('p.thread_id as id'),
    )
  if (destination !== undefined) queries.push(routedTo(db, destination).select('r.thread_id as id'))
  if (author !== undefined) queries.push(threadsAskedBy(db, author))
  const threads = () => readableThreads(db, reader).select('t.id')
  if (sourceId !== undefined) queries.push(threads().where('t.source_id', sourceId))
  if (createdAfter !== undefined || createdBefore !== undefined) queries.push(whereCreated(threads(), filter))
  return queries
}

function narrow(db: Database, query: Knex.QueryBuilder, filter: ResolvedFilter): void {
  const { labels, labelBasis = 'any', unlabelled, decision, reason, destination, author } = filter
  const { sourceId, language, status, resolved, unanswered, facets } = filter
  for (const each of labels) query.where((either) => whereLabelled(db, either, each, labelBasis))
  for (const { id } of unlabelled) query.whereNotExists(isLabelled(db, 't.id', id))
  if (decision !== undefined) whereDecided(db, query, facets.get(decision.facet)!, decision)
  if (reason !== undefined)
    query.whereExists(predictionOf(db, facets.get(reason.facet)!).where('p.reason', reason.value))
  if (destination !== undefined)
    query.whereExists(
      routedTo(db, destination).where('r.thread_id', db.sql.ref('t.id')).select(db.sql.raw('1')),
    )
  if (author !== undefined) query.where('t.asker_id', author)
  if (sourceId !== undefined) query.where('t.source_id', sourceId)
  if (language !== undefined) query.where('t.language', language)
  if (resolved !== undefined) query.where('t.accepted_count', resolved ? '>' : '=', 0)
  if (unanswered !== undefined) query.where('t.answer_count', unanswered ? '=' : '>', 0)
  if (status === 'resolved') query.where('t.accepted_count', '>', 0)
  if (status === 'answered') query.where('t.accepted_count', 0).where('t.answer_count', '>', 0)
  if (status === 'open') query.where('t.answer_count', 0)
  whereCreated(query, filter)
}

function whereCreated(
  query: Knex.QueryBuilder,
  { createdAfter, createdBefore }: Pick<ThreadFilter, 'createdAfter' | 'createdBefore'>,
): Knex.QueryBuilder {
  if (createdAfter !== undefined) query.where('t.created_at', '>=', createdAfter)
  if (createdBefore !== undefined) query.where('t.created_at', '<', createdBefore)
  return query
}

function whereLabelled(
  db: Database,
  either: Knex.QueryBuilder,
  { facet, labels }: ResolvedFilter['labels'][number],
  basis: LabelBasis,
): void {
  const ids = labels.map(({ id }) => id)
  const names = labels.map(({ name }) => name)
  const byModel = () => predictionOf(db, facet).whereIn('p.label', names)
  if (basis !== 'predicted') either.whereExists(hasLabel(db, 't.id', facet.id, ids))
  if (basis === 'predicted') either.whereExists(byModel())
  if (basis === 'any')
    either.orWhere((model) => model.whereNotExists(isLabelled(db, 't.id', facet.id)).whereExists(byModel()))
}

function whereDecided(
  db: Database,
  query: Knex.QueryBuilder,
  facet: FilterFacet,
  { value }: OnFacet<ListedDecision>,
): void {
  const predicted = predictionOf(db, facet).where(
    'p.decision',
    value === 'abstained' ? 'abstained' : 'assigned',
  )
  if (value !== 'abstained' && actsOnlyWhereMeasured(facet.name)) {
    const acts = isActing(db, { facetId: 'p.facet_id', sourceId: 't.source_id', label: 'p.label' })
    if (value === 'assigned') predicted.whereExists(acts)
    else predicted.whereNotExists(acts)
  } else if (value === 'suggested') predicted.whereRaw('1 = 0')
  query.whereExists(predicted)
}

/** For `where exists`: the prediction of the thread on a facet. */
function predictionOf(db: Database, facet: FilterFacet): Knex.QueryBuilder {
  return currentPredictions(db)
    .where({ 'p.thread_id': db.sql.ref('t.id'), 'p.facet_id': facet.id })
    .select(db.sql.raw('1'))
}

function routedTo(db: Database, { kind, name }: NonNullable<ThreadFilter['destination']>): Knex.QueryBuilder {
  const query = db
    .sql('routing_decisions as r')
    .whereNull('r.superseded_at')
    .where('r.destination_kind', kind)
  return name === undefined ? query : query.where('r.destination_name', name)
}
