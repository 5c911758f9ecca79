import type { Clock } from '../../platform/clock.ts'
import type { IdentifierPattern } from '../../platform/config/identifier-patterns.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Outbox } from '../../platform/jobs/events.ts'
import type { SourceItem, SourceRecord } from '../../sources/record.ts'
import { createFutureRefusal } from '../../sources/refuse-future.ts'
import { createSourceStore } from '../source-store.ts'
import {
  type Batch,
  emptyBatch,
  noOutcomes,
  type OutcomeCounts,
  type Rejection,
  type WriteOrigin,
} from './batch.ts'
import { type CommitDeps, commitBatch } from './commit-batch.ts'
import { createBatchFiller, type Occurrences } from './key-records.ts'
import { prepareBatch } from './prepare-batch.ts'
import { createRedaction, type Redaction } from './redaction.ts'
import { createTextWorker, type TextWorker } from './text-work.ts'

export interface ApplyDeps {
  readonly db: Database
  readonly clock: Clock
  readonly outbox: Outbox
  /** How the company writes its customer and order numbers, for sources that are redacted. */
  readonly identifiers: readonly IdentifierPattern[]
  /** Converts texts; without one, a worker is started and closed for this call. */
  readonly texts?: TextWorker
}

export interface ApplyRequest {
  /** Name of an existing source. */
  readonly source: string
  readonly records: readonly SourceItem[]
  /** Id of the webhook delivery that the records come from; recorded with each change. */
  readonly delivery?: string
}

/** Outcome of the records. A record that is repeated, or older than what is stored, changes nothing. */
export interface Applied {
  readonly threads: Readonly<OutcomeCounts> & { readonly deleted: number }
  readonly posts: Readonly<OutcomeCounts> & { readonly deleted: number }
  readonly rejections: readonly Rejection[]
}

const MOST_ITEMS = 100
const MOST_CHARACTERS = 300_000

/**
 * Writes a few records (of a webhook or an API) into a source in the same way as an import, but without recording an
 * import. Records are applied in order, so the last of two records of one thing stands; records with `asOf` may come in
 * any order. Many records, or records of the same thing, are committed in several transactions; after a fault, calling
 * it again gives the same result. Calls may run concurrently. Records dated in the future are rejected, as in an import,
 * because no later record could replace them.
 *
 * @throws CodedError SOURCE_NOT_FOUND
 */
export async function applyRecords(deps: ApplyDeps, request: ApplyRequest): Promise<Applied> {
  const sources = createSourceStore(deps.db, deps.clock)
  const source = await sources.require(request.source)
  const commitDeps: CommitDeps = { ...deps, sources }
  const redaction = source.redact ? createRedaction({ identifiers: deps.identifiers }) : undefined
  const origin: WriteOrigin = {
    sourceId: source.id,
    delivery: request.delivery,
    recordsChanges: true,
    isNewThread: () => false,
    redaction,
  }
  const applied = {
    threads: { ...noOutcomes(), deleted: 0 },
    posts: { ...noOutcomes(), deleted: 0 },
    rejections: [] as Rejection[],
  }
  const worker = deps.texts ?? createTextWorker()
  const texts = redaction?.texts(worker) ?? worker
  const records = createFutureRefusal(deps.clock.now())(request.records)
  try {
    for (const batch of batchesOf(source.name, records, redaction)) {
      const outcome = await commitBatch(commitDeps, origin, await prepareBatch(deps.db, texts, batch))
      for (const each of outcome.threads.values()) applied.threads[each] += 1
      for (const each of outcome.posts.values()) applied.posts[each] += 1
      applied.threads.deleted += outcome.deleted.threads
      applied.posts.deleted += outcome.deleted.posts
      for (const rejection of batch.rejections) {
        applied[rejection.of === 'thread' ? 'threads' : 'posts'].rejected += 1
        applied.rejections.push(rejection)
      }
    }
  } finally {
    if (deps.texts === undefined) await worker.close()
  }
  return applied
}

/** Every record counts as the first of its thing: a repetition goes into another batch. */
const first = () => 'first' as const
const occurrences: Occurrences = { thread: first, post: first, acceptance: first, acceptanceUpdate: first }

function* batchesOf(
  source: string,
  records: readonly SourceItem[],
  redaction: Redaction | undefined,
): Generator<Batch> {
  const addTo = createBatchFiller(source, occurrences, redaction)
  let batch = emptyBatch()
  let subjects = new Set<string>()
  let items = 0
  let characters = 0
  let holdsRemovals: boolean | undefined
  for (const item of records) {
    const subject = item.outcome === 'record' ? subjectOf(item.record) : undefined
    // A removal also removes what belongs to it, so it keeps its place in the order.
    const isRemoval = item.outcome === 'record' && item.record.type === 'removal'
    const isFull = items >= MOST_ITEMS || characters >= MOST_CHARACTERS
    if (
      isFull ||
      (subject !== undefined && subjects.has(subject)) ||
      (holdsRemovals ?? isRemoval) !== isRemoval
    ) {
      yield batch
      batch = emptyBatch()
      subjects = new Set()
      items = 0
      characters = 0
    }
    holdsRemovals = isRemoval
    if (subject !== undefined) subjects.add(subject)
    items += 1
    characters += addTo(batch, item)
  }
  if (items > 0) yield batch
}

/** The thing that a record states. Of members, votes and links the last record stands in any case. */
function subjectOf(record: SourceRecord): string | undefined {
  switch (record.type) {
    case 'thread':
    case 'post':
      return `${record.type} ${record.id}`
    case 'removal':
      return `${record.of} ${record.id}`
    case 'acceptance':
    case 'acceptance-update':
      return `acceptance ${record.threadId}`
    default:
      return undefined
  }
}
