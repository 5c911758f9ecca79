import type { Batch, BatchOutcome, Outcome } from './batch.ts'
import { type ImportSummary, noOutcomes, type OutcomeCounts } from './import-summary.ts'
import { KeyTable, NumberColumn } from './key-table.ts'

const RANK = { unchanged: 1, changed: 2, new: 3 } as const satisfies Record<Outcome, number>
const BY_RANK: readonly (Outcome | undefined)[] = [undefined, 'unchanged', 'changed', 'new']
const QUESTIONED = 1
const IN_EXPORT = 2
const RESOLVED = 4

type Counts = { readonly threads: OutcomeCounts; readonly posts: OutcomeCounts }
type Outcomes = Pick<BatchOutcome, 'threads' | 'posts' | 'acceptanceChanged'>
interface Ranks {
  get(at: number): number
  set(at: number, rank: number): unknown
}

export type Telling = 'first' | 'repeated' | 'contradicted'

/**
 * What an import remembers of the export it reads, by number (see {@link KeyTable}) and some 40 bytes a thread or
 * post: enough to notice an id that comes again, and to count what only the whole export can tell.
 */
export function createExportTally() {
  const threads = {
    keys: new KeyTable(),
    told: new NumberColumn(),
    rank: new NumberColumn(),
    is: new NumberColumn(),
  }
  const acceptances = { told: new NumberColumn() }
  const posts = { keys: new KeyTable(), told: new NumberColumn(), answers: new NumberColumn() }
  const accepted = { thread: new NumberColumn(), post: new NumberColumn(), count: 0 }
  const counts = { threads: noOutcomes(), posts: noOutcomes() }
  let answers = 0
  let ignored = 0

  function tell(column: NumberColumn, at: number, hash: string): Telling {
    const print = fingerprint(hash)
    const before = column.get(at)
    if (before === 0) column.set(at, print)
    return before === 0 ? 'first' : before === print ? 'repeated' : 'contradicted'
  }

  /** A thread counts once, by the most that happened to it. */
  function rankThread(into: Counts, ranks: Ranks, id: string, outcome: Outcome): void {
    const at = threads.keys.add(id)
    const before = ranks.get(at)
    if (RANK[outcome] <= before) return
    const counted = BY_RANK[before]
    if (counted !== undefined) into.threads[counted] -= 1
    into.threads[outcome] += 1
    ranks.set(at, RANK[outcome])
  }

  function countOutcomes(into: Counts, ranks: Ranks, batch: Batch, outcome: Outcomes): void {
    for (const { id } of batch.threads) rankThread(into, ranks, id, outcome.threads.get(id)!)
    for (const id of outcome.acceptanceChanged) rankThread(into, ranks, id, 'changed')
    for (const { id } of batch.posts) into.posts[outcome.posts.get(id)!] += 1
    into.threads.unchanged += batch.repeated.threads
    into.posts.unchanged += batch.repeated.posts
    for (const { of } of batch.rejections) into[of === 'thread' ? 'threads' : 'posts'].rejected += 1
  }

  function mark(at: number, flag: number): void {
    threads.is.set(at, threads.is.get(at) | flag)
  }

  return {
    /** Whether the export told of this before: of a first telling the rest is kept, of others only this answer. */
    thread: (id: string, hash: string): Telling => tell(threads.told, threads.keys.add(id), hash),
    post: (id: string, hash: string): Telling => tell(posts.told, posts.keys.add(id), hash),
    acceptance: (threadId: string, hash: string): Telling =>
      tell(acceptances.told, threads.keys.add(threadId), hash),

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
    },

    /** The counts as they will be once a batch is committed, which may yet fail. */
    countsAfter(batch: Batch, outcome: Outcomes): Counts {
      const into = structuredClone(counts)
      const ranks = new Map<number, number>()
      const overlay: Ranks = {
        get: (at) => ranks.get(at) ?? threads.rank.get(at),
        set: (at, rank) => ranks.set(at, rank),
      }
      countOutcomes(into, overlay, batch, outcome)
      return into
    },

    summary(): ImportSummary {
      let resolved = 0
      for (let i = 0; i < accepted.count; i++) {
        const thread = accepted.thread.get(i)
        const isAnswer = posts.answers.get(accepted.post.get(i)) === thread + 1
        if (isAnswer && threads.is.get(thread) & IN_EXPORT) mark(thread, RESOLVED)
      }
      for (let i = 0; i < threads.keys.size; i++) if (threads.is.get(i) & RESOLVED) resolved += 1
      let orphans = 0
      for (let i = 0; i < posts.keys.size; i++) {
        const thread = posts.answers.get(i) - 1
        if (thread >= 0 && (threads.is.get(thread) & QUESTIONED) === 0) orphans += 1
      }
      return {
        threads: { ...counts.threads, resolved },
        posts: { ...counts.posts },
        answers,
        ignored,
        orphans,
      }
    },
  }
}

export type ExportTally = ReturnType<typeof createExportTally>

/** 32 bits of a record's fingerprint, never 0. */
function fingerprint(hash: string): number {
  return Buffer.from(hash.slice(0, 8), 'base64url').readInt32BE(0) || 1
}
