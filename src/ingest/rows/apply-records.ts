import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { IdentifierPattern } from '../../platform/identifier-patterns.ts'
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
import { createRecordKeeper, type Tellings } from './key-records.ts'

import { prepareBatch } from './prepare-batch.ts'
import { createRedaction, type Redaction } from './redaction.ts'
import { createTextWorker, type TextWorker } from './text-work.ts'

export interface ApplyDeps {
  readonly db: Database
  readonly clock: Clock
  readonly outbox: Outbox
  /** How the company writes its customer and order numbers, for sources that are redacted. */
  readonly identifiers: readonly IdentifierPattern[]
  /** Where texts are worked on; a thread of its own is started, and ended, without one. */
  readonly texts?: TextWorker
}

export interface ApplyRequest {
  /** Name of a source that is there. */
  readonly source: string
  readonly records: readonly SourceItem[]
  /** What brings them, as it is to stand with the changes: the id of a webhook delivery. */
  readonly delivery?: string
}

/** What came of the records; of those that were told before, or are older than what is known, nothing. */
export interface Applied {
  readonly threads: Readonly<OutcomeCounts> & { readonly deleted: number }
  readonly posts: Readonly<OutcomeCounts> & { readonly deleted: number }
  readonly rejections: readonly Rejection[]
}

const MOST_ITEMS = 100
const MOST_CHARACTERS = 300_000

/**
 * Takes a few records (a webhook's, an API's) into a source, by the way that imports take and without noting an
 * import. In their order, so that what comes twice ends as it came last; records with `asOf` may come in any order.
 * Committed in several transactions where they are many or repeat something: done again after a fault, all of it ends
 * the same. Any number may run at once. What is dated in the future is rejected, as an import's is: no later word could
 * stand against it.
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
    keepsChanges: true,
    isNewThread: () => false,
    redaction,
  }
  const applied = {
    threads: { ...noOutcomes(), deleted: 0 },
    posts: { ...noOutcomes(), deleted: 0 },
    rejections: [] as Rejection[],
  }
  const thread = deps.texts ?? createTextWorker()
  const texts = redaction?.texts(thread) ?? thread
  const records = createFutureRefusal(deps.clock.now())(request.records)
  try {
    for (const batch of cut(source.name, records, redaction)) {
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
    if (deps.texts === undefined) await thread.close()
  }
  return applied
}

/** Nothing here was told before: what repeats goes into another batch. */
const first = () => 'first' as const
const tellings: Tellings = { thread: first, post: first, acceptance: first, verdict: first }

function* cut(
  source: string,
  records: readonly SourceItem[],
  redaction: Redaction | undefined,
): Generator<Batch> {
  const keep = createRecordKeeper(source, tellings, redaction)
  let batch = emptyBatch()
  let subjects = new Set<string>()
  let items = 0
  let characters = 0
  let removes: boolean | undefined
  for (const item of records) {
    const subject = item.outcome === 'record' ? subjectOf(item.record) : undefined
    // Removals take others along, so they keep their place in the order.
    const isRemoval = item.outcome === 'record' && item.record.type === 'removal'
    const isFull = items >= MOST_ITEMS || characters >= MOST_CHARACTERS
    if (isFull || (subject !== undefined && subjects.has(subject)) || (removes ?? isRemoval) !== isRemoval) {
      yield batch
      batch = emptyBatch()
      subjects = new Set()
      items = 0
      characters = 0
    }
    removes = isRemoval
    if (subject !== undefined) subjects.add(subject)
    items += 1
    characters += keep(batch, item)
  }
  if (items > 0) yield batch
}

/** What a record tells of; members, votes and links are states of which the last stands anyway. */
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
