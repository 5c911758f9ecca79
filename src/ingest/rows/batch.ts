import type {
  LinkRecord,
  MemberRecord,
  Place,
  PostRecord,
  ThreadRecord,
  VotesRecord,
} from '../../sources/record.ts'
import type { Redaction } from './redaction.ts'

/** A record with the id of its row and its fingerprint. */
export interface Keyed<Record> {
  readonly id: string
  readonly hash: string
  readonly record: Record
}

export interface KeyedPost extends Keyed<PostRecord> {
  /** Thread that the record names; absent on a comment, which belongs to the thread of its parent. */
  readonly threadId: string | undefined
  readonly parentId: string | undefined
  readonly authorId: string | undefined
}

export interface KeyedAcceptance {
  readonly threadId: string
  /** Distinct and in order. */
  readonly postIds: readonly string[]
  readonly asOf: string | undefined
}

export interface KeyedAcceptanceUpdate {
  readonly threadId: string
  readonly postId: string
  readonly accepted: boolean
  readonly asOf: string | undefined
}

export interface KeyedRemoval {
  readonly of: 'thread' | 'post'
  readonly id: string
  readonly asOf: string | undefined
}

export interface Rejection {
  readonly of: 'thread' | 'post' | 'other'
  readonly code: string
  readonly reason: string
  readonly place: Place
}

/** Records that are written in one transaction; no id occurs in it twice. */
export interface Batch {
  readonly threads: Keyed<ThreadRecord>[]
  readonly posts: KeyedPost[]
  readonly acceptances: KeyedAcceptance[]
  readonly acceptanceUpdates: KeyedAcceptanceUpdate[]
  readonly removals: KeyedRemoval[]
  readonly links: Map<
    string,
    { readonly fromId: string; readonly toId: string; readonly kind: LinkRecord['kind'] }
  >
  readonly members: Map<string, Keyed<MemberRecord>>
  readonly votes: Map<string, Pick<VotesRecord, 'up' | 'down'>>
  readonly rejections: Rejection[]
  /** Threads of which the export holds only a part. */
  readonly incomplete: Rejection[]
  /** Threads and posts that the export repeats word for word. */
  repeated: { threads: number; posts: number }
  ignored: number
  /** How far the source has been read once this batch is committed. */
  checkpoint?: { readonly name: string; readonly cursor: string }
}

export function emptyBatch(): Batch {
  return {
    threads: [],
    posts: [],
    acceptances: [],
    acceptanceUpdates: [],
    removals: [],
    links: new Map(),
    members: new Map(),
    votes: new Map(),
    rejections: [],
    incomplete: [],
    repeated: { threads: 0, posts: 0 },
    ignored: 0,
  }
}

/** Where a batch comes from: an import or a delivery. */
export interface WriteOrigin {
  readonly sourceId: string
  readonly importId?: string
  readonly delivery?: string
  /** Whether differences are recorded as changes. False during the first import of a source, including its retries. */
  readonly recordsChanges: boolean
  /** How the source's texts are redacted; absent where they are not. */
  readonly redaction?: Redaction
  /** Whether the current import added the thread, so that its acceptances are not changes. */
  isNewThread(threadId: string): boolean
}

/** What writing a batch did, for the counts. */
export interface BatchOutcome {
  /** A record that is older than what is stored counts as `unchanged`. */
  readonly threads: ReadonlyMap<string, Outcome>
  readonly posts: ReadonlyMap<string, Outcome>
  /** Existing threads whose stated acceptances differed from the stored ones. */
  readonly acceptanceChanged: readonly string[]
  /** Threads of the batch's answers that have their question in the database. */
  readonly questioned: readonly string[]
  readonly deleted: DeletedCounts
  /** How long the transaction held the write lock. */
  readonly tookMs: number
}

export interface DeletedCounts {
  readonly threads: number
  readonly posts: number
}

export type Outcome = 'new' | 'changed' | 'unchanged'

export function idOf({ id }: { readonly id: string }): string {
  return id
}

/** Counts of the records of one kind, by outcome. */
export interface OutcomeCounts {
  new: number
  changed: number
  unchanged: number
  rejected: number
}

export const noOutcomes = (): OutcomeCounts => ({ new: 0, changed: 0, unchanged: 0, rejected: 0 })
