import type {
  LinkRecord,
  MemberRecord,
  Place,
  PostRecord,
  ThreadRecord,
  VotesRecord,
} from '../../sources/record.ts'
import type { Redaction } from './redaction.ts'

/** A record with the id its row has, and its fingerprint. */
export interface Keyed<Record> {
  readonly id: string
  readonly hash: string
  readonly record: Record
}

export interface KeyedPost extends Keyed<PostRecord> {
  /** Thread that the record names; absent on a comment, which is where its parent is. */
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

/** Records that are written in one transaction; no id stands in it twice. */
export interface Batch {
  readonly threads: Keyed<ThreadRecord>[]
  readonly posts: KeyedPost[]
  readonly acceptances: KeyedAcceptance[]
  readonly verdicts: KeyedAcceptanceUpdate[]
  readonly removals: KeyedRemoval[]
  readonly links: Map<
    string,
    { readonly fromId: string; readonly toId: string; readonly kind: LinkRecord['kind'] }
  >
  readonly members: Map<string, Keyed<MemberRecord>>
  readonly votes: Map<string, Pick<VotesRecord, 'up' | 'down'>>
  readonly rejections: Rejection[]
  /** Threads of which the export holds a part only. */
  readonly incomplete: Rejection[]
  /** Threads and posts that the export repeats word for word. */
  repeated: { threads: number; posts: number }
  ignored: number
  /** How far the source was read, once this batch is kept. */
  checkpoint?: { readonly name: string; readonly cursor: string }
}

export function emptyBatch(): Batch {
  return {
    threads: [],
    posts: [],
    acceptances: [],
    verdicts: [],
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

/** Who brings a batch: an import or a delivery. */
export interface WriteOrigin {
  readonly sourceId: string
  readonly importId?: string
  readonly delivery?: string
  /**
   * Whether what differs from before is kept as a change: not while a source's first export is being taken in, however
   * often that is begun anew.
   */
  readonly keepsChanges: boolean
  /** How its source's texts are redacted, if they are. */
  readonly redaction?: Redaction
  /** Whether the thread came with the export that is being taken in, so that its acceptances are no change. */
  isNewThread(threadId: string): boolean
}

/** What writing a batch did, for the counts. */
export interface BatchOutcome {
  /** What a source said of a thing later stands, so that an older word on it leaves it `unchanged`. */
  readonly threads: ReadonlyMap<string, Outcome>
  readonly posts: ReadonlyMap<string, Outcome>
  /** Existing threads of which a stated acceptance differed from what was stored. */
  readonly acceptanceChanged: readonly string[]
  /** Threads of the batch's posts that are in the database with their question. */
  readonly questioned: readonly string[]
  readonly deleted: DeletedCounts
  /** How long the transaction kept others waiting. */
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

/** What was done with records of one kind. */
export interface OutcomeCounts {
  new: number
  changed: number
  unchanged: number
  rejected: number
}

export const noOutcomes = (): OutcomeCounts => ({ new: 0, changed: 0, unchanged: 0, rejected: 0 })
