import type { Batch, BatchOutcome, Outcome } from './batch.ts'
import { type ImportSummary, noOutcomes, type OutcomeCounts } from './import-summary.ts'
import { KeyTable, NumberColumn } from './key-table.ts'

const RANK = { unchanged: 1, changed: 2, new: 3 } as const satisfies Record<Outcome, number>
const BY_RANK: readonly (Outcome | undefined)[] = [undefined, 'unchanged', 'changed', 'new']
const QUESTIONED = 1
const IN_EXPORT = 2
const RESOLVED = 4

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
  let incomplete = 0

  function tell(column: NumberColumn, at: number, hash: string): Telling {
    const print = fingerprint(hash)
    const before = column.get(at)
    if (before === 0) column.set(at, print)
    return before === 0 ? 'first' : before === print ? 'repeated' : 'contradicted'
  }

  /** A thread counts once, by the most that happened to it. */
  function rankThread(at: number, outcome: Outcome): void {
    const before = threads.rank.get(at)
    if (RANK[outcome] <= before) return
    const counted = BY_RANK[before]
    if (counted !== undefined) counts.threads[counted] -= 1
    counts.threads[outcome] += 1
    threads.rank.set(at, RANK[outcome])
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
      for (const { id } of batch.threads) {
        const at = threads.keys.add(id)
        mark(at, IN_EXPORT)
        rankThread(at, outcome.threads.get(id)!)
      }
      for (const id of outcome.acceptanceChanged) rankThread(threads.keys.add(id), 'changed')
      for (const id of outcome.questioned) mark(threads.keys.add(id), QUESTIONED)
      for (const { id, threadId, record } of batch.posts) {
        counts.posts[outcome.posts.get(id)!] += 1
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
      counts.threads.unchanged += batch.repeated.threads
      counts.posts.unchanged += batch.repeated.posts
      for (const { of } of batch.rejections) counts[of === 'thread' ? 'threads' : 'posts'].rejected += 1
      ignored += batch.ignored
      incomplete += batch.incomplete.length
    },

    counts: (): { threads: OutcomeCounts; posts: OutcomeCounts } => structuredClone(counts),

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
        incomplete,
      }
    },
  }
}

export type ExportTally = ReturnType<typeof createExportTally>

/** 32 bits of a record's fingerprint, never 0. */
function fingerprint(hash: string): number {
  return Buffer.from(hash.slice(0, 8), 'base64url').readInt32BE(0) || 1
}
