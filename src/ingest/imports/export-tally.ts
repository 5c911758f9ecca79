import { RECORD_REPEATED } from '../errors.ts'
import {
  type Batch,
  type BatchOutcome,
  type DeletedCounts,
  noOutcomes,
  type Outcome,
  type OutcomeCounts,
} from '../rows/batch.ts'
import type { Occurrence } from '../rows/key-records.ts'
import type { ImportProgress, ImportSummary } from './import-request.ts'
import { KeyTable, NumberColumn } from './key-table.ts'

const RANK = { unchanged: 1, changed: 2, new: 3 } as const satisfies Record<Outcome, number>
const BY_RANK: readonly (Outcome | undefined)[] = [undefined, 'unchanged', 'changed', 'new']
const QUESTIONED = 1
const IN_EXPORT = 2
const RESOLVED = 4
/** In place of a set's fingerprint, where an export states a thread's acceptances one by one. */
const SINGLE_UPDATES = 1

type Counts = ImportProgress['counts']
type Counting = { readonly threads: OutcomeCounts; readonly posts: OutcomeCounts }
type Outcomes = Pick<BatchOutcome, 'threads' | 'posts' | 'acceptanceChanged' | 'deleted'>
interface Ranks {
  get(at: number): number
  set(at: number, rank: number): void
}

/**
 * What an import remembers of the export that it reads, by number (see {@link KeyTable}) and in some 40 bytes per thread
 * or post: enough to detect a repeated id, and to count what only the whole export determines.
 */
export function createExportTally() {
  const threads = {
    keys: new KeyTable(),
    fingerprint: new NumberColumn(),
    rank: new NumberColumn(),
    flags: new NumberColumn(),
  }
  const acceptances = { fingerprint: new NumberColumn() }
  const posts = { keys: new KeyTable(), fingerprint: new NumberColumn(), answers: new NumberColumn() }
  const acceptanceUpdates = { fingerprint: new NumberColumn() }
  const accepted = { thread: new NumberColumn(), post: new NumberColumn(), count: 0 }
  const counts = { threads: noOutcomes(), posts: noOutcomes() }
  const deleted = { threads: 0, posts: 0 }
  let countsDeleted = false
  let threadCount = 0
  let latestTime = ''
  let unread = 0
  let answers = 0
  let ignored = 0
  let incomplete = 0

  function checkHash(column: NumberColumn, at: number, hash: string): Occurrence {
    return check(column, at, fingerprint(hash))
  }

  function check(column: NumberColumn, at: number, value: number): Occurrence {
    const before = column.get(at)
    if (before === 0) column.set(at, value)
    return before === 0 ? 'first' : before === value ? 'repeated' : 'contradicted'
  }

  /** A thread counts once, by the greatest change to it. */
  function rankThread(into: Counting, ranks: Ranks, id: string, outcome: Outcome): void {
    const at = threads.keys.add(id)
    const before = ranks.get(at)
    if (RANK[outcome] <= before) return
    const counted = BY_RANK[before]
    if (counted !== undefined) into.threads[counted] -= 1
    into.threads[outcome] += 1
    ranks.set(at, RANK[outcome])
  }

  function countOutcomes(into: Counting, ranks: Ranks, batch: Batch, outcome: Outcomes): void {
    for (const { id } of batch.threads) rankThread(into, ranks, id, outcome.threads.get(id)!)
    for (const id of outcome.acceptanceChanged) rankThread(into, ranks, id, 'changed')
    for (const { id } of batch.posts) into.posts[outcome.posts.get(id)!] += 1
    into.threads.unchanged += batch.repeated.threads
    into.posts.unchanged += batch.repeated.posts
    for (const { of } of batch.rejections) into[of === 'thread' ? 'threads' : 'posts'].rejected += 1
  }

  /** Updates the latest time by the dates in a batch. */
  function updateLatestTime({ threads, posts }: Batch): void {
    for (const { record } of threads) latestTime = latest(latestTime, record.createdAt, record.asOf)
    for (const { record } of posts)
      latestTime = latest(latest(latestTime, record.createdAt, record.asOf), record.editedAt)
  }

  function withDeleted(now: Counting, more: DeletedCounts): Counts {
    if (!countsDeleted && more.threads + more.posts === 0) return now
    return {
      threads: { ...now.threads, deleted: deleted.threads + more.threads },
      posts: { ...now.posts, deleted: deleted.posts + more.posts },
    }
  }

  function countDeleted(more: DeletedCounts): void {
    deleted.threads += more.threads
    deleted.posts += more.posts
    countsDeleted = true
  }

  function mark(at: number, flag: number): void {
    threads.flags.set(at, threads.flags.get(at) | flag)
  }

  function holds({ keys, fingerprint }: { keys: KeyTable; fingerprint: NumberColumn }, id: string): boolean {
    const at = keys.find(id)
    return at !== undefined && fingerprint.get(at) !== 0
  }

  return {
    /** Whether the export stated this before. The first record is remembered, by its fingerprint. */
    thread: (id: string, hash: string): Occurrence =>
      checkHash(threads.fingerprint, threads.keys.add(id), hash),
    post: (id: string, hash: string): Occurrence => checkHash(posts.fingerprint, posts.keys.add(id), hash),
    acceptance: (threadId: string, hash: string): Occurrence =>
      checkHash(acceptances.fingerprint, threads.keys.add(threadId), hash),
    /** A thread has either a whole set of acceptances or single updates; having both is a contradiction. */
    acceptanceUpdate(threadId: string, postId: string, accepted: boolean): Occurrence {
      if (check(acceptances.fingerprint, threads.keys.add(threadId), SINGLE_UPDATES) === 'contradicted')
        return 'contradicted'
      return check(acceptanceUpdates.fingerprint, posts.keys.add(postId), accepted ? 1 : 2)
    },

    holdsThread: (id: string): boolean => holds(threads, id),
    holdsPost: (id: string): boolean => holds(posts, id),
    /** How many threads the export holds. */
    threadCount: (): number => threadCount,
    /** How many rows were rejected and may have been about any thread or post. */
    unreadRows: (): number => unread,
    /** How many threads the export holds only in part. */
    incompleteThreads: (): number => incomplete,
    /** The latest time in the export, which cannot know of anything later. */
    latestTime: (): string => latestTime,

    /** Whether this export added the thread. */
    isNewThread(id: string): boolean {
      const at = threads.keys.find(id)
      return at !== undefined && threads.rank.get(at) === RANK.new
    },

    /** Counts a batch, once it is committed. */
    count(batch: Batch, outcome: BatchOutcome): void {
      countOutcomes(counts, threads.rank, batch, outcome)
      for (const { id } of batch.threads) mark(threads.keys.add(id), IN_EXPORT)
      for (const id of outcome.questioned) mark(threads.keys.add(id), QUESTIONED)
      for (const { id, threadId, record } of batch.posts) {
        if (record.kind !== 'answer' || threadId === undefined) continue
        answers += 1
        posts.answers.set(posts.keys.add(id), threads.keys.add(threadId) + 1)
      }
      for (const { threadId, postIds } of batch.acceptances) {
        for (const postId of postIds) {
          accepted.thread.set(accepted.count, threads.keys.add(threadId))
          accepted.post.set(accepted.count, posts.keys.add(postId))
          accepted.count += 1
        }
      }
      ignored += batch.ignored
      threadCount += batch.threads.length
      unread += batch.rejections.filter(({ code }) => code !== RECORD_REPEATED).length
      updateLatestTime(batch)
      if (outcome.deleted.threads + outcome.deleted.posts > 0) countDeleted(outcome.deleted)
      incomplete += batch.incomplete.length
    },

    /** The counts as they will be if the batch is committed. */
    countsAfter(batch: Batch, outcome: Outcomes): Counts {
      const into = structuredClone(counts)
      countOutcomes(into, new RanksAfter(threads.rank), batch, outcome)
      return withDeleted(into, outcome.deleted)
    },

    /** The counts as they will be after further deletions. */
    countsDeleting: (more: DeletedCounts): Counts => withDeleted(structuredClone(counts), more),

    /** Counts what was deleted because it is missing from a complete export. */
    countDeleted,

    summary(): ImportSummary {
      let resolved = 0
      for (let i = 0; i < accepted.count; i++) {
        const thread = accepted.thread.get(i)
        const isAnswer = posts.answers.get(accepted.post.get(i)) === thread + 1
        if (isAnswer && threads.flags.get(thread) & IN_EXPORT) mark(thread, RESOLVED)
      }
      for (let i = 0; i < threads.keys.size; i++) if (threads.flags.get(i) & RESOLVED) resolved += 1
      let orphans = 0
      for (let i = 0; i < posts.keys.size; i++) {
        const thread = posts.answers.get(i) - 1
        if (thread >= 0 && (threads.flags.get(thread) & QUESTIONED) === 0) orphans += 1
      }
      return {
        threads: { ...counts.threads, resolved, ...(countsDeleted && { deleted: deleted.threads }) },
        posts: { ...counts.posts, ...(countsDeleted && { deleted: deleted.posts }) },
        answers,
        ignored,
        orphans,
        incomplete,
      }
    },
  }
}

export type ExportTally = ReturnType<typeof createExportTally>

/** Ranks as they will be; the underlying ranks do not change. */
class RanksAfter implements Ranks {
  readonly #now: Ranks
  readonly #changed = new Map<number, number>()

  constructor(now: Ranks) {
    this.#now = now
  }

  get(at: number): number {
    return this.#changed.get(at) ?? this.#now.get(at)
  }

  set(at: number, rank: number): void {
    this.#changed.set(at, rank)
  }
}

/** The latest of ISO times, which sort as text. */
function latest(one: string, other = '', another = ''): string {
  const later = other > one ? other : one
  return another > later ? another : later
}

/** 32 bits of a record's fingerprint, never 0. */
function fingerprint(hash: string): number {
  return Buffer.from(hash.slice(0, 8), 'base64url').readInt32BE(0) || 1
}
