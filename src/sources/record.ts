/**
 * What every source is read into: a stream of small records with the ids that the source itself uses. A record may come
 * before what it refers to (an answer before its question, votes in another file); the import assembles them in the
 * database.
 */
export type SourceRecord =
  | ThreadRecord
  | PostRecord
  | AcceptanceRecord
  | AcceptanceUpdateRecord
  | RemovalRecord
  | LinkRecord
  | MemberRecord
  | VotesRecord

export type PostKind = 'question' | 'answer' | 'comment'
export type BodyFormat = 'markdown' | 'html' | 'text'
export type MemberRole = 'member' | 'expert' | 'staff' | 'moderator'

/** The value of `createdAt` where a source states no date (a CSV of labelled texts). */
export const NO_DATE = '1970-01-01T00:00:00.000Z'

/** A statement that may come late, twice or out of order, as in deliveries. */
interface Dated {
  /** When the source stated this (ISO 8601 in UTC): of several statements on one thing the latest stands. Not compared. */
  readonly asOf?: string
}

/**
 * A thread without its posts; its question is a {@link PostRecord}. Times are ISO 8601 in UTC with milliseconds. No text of
 * any record holds a NUL or half a surrogate pair, so that every database can store it.
 */
export interface ThreadRecord extends Dated {
  readonly type: 'thread'
  readonly id: string
  readonly title: string
  readonly createdAt: string
  readonly tags: readonly string[]
  /** BCP 47 primary tag, if the source states it; detected otherwise. */
  readonly language?: string
  readonly url?: string
  readonly views?: number
  readonly closed?: boolean
  /** Facet name → label name, where the source states labels (a labelled CSV, for example). */
  readonly labels?: Readonly<Record<string, string>>
  /** What the company knows about the asker or the case: segment, revenue … */
  readonly facts?: Readonly<Record<string, string | number | boolean>>
}

export interface PostRecord extends Dated {
  readonly type: 'post'
  readonly id: string
  readonly kind: PostKind
  /** Absent on a comment whose source names only its parent post (`parentId`). */
  readonly threadId?: string
  readonly parentId?: string
  readonly authorId?: string
  readonly body: string
  readonly format: BodyFormat
  readonly createdAt: string
  readonly editedAt?: string
  readonly score?: number
}

/**
 * One answer that was accepted or un-accepted, where a source states it alone (a webhook) rather than the whole set.
 */
export interface AcceptanceUpdateRecord extends Dated {
  readonly type: 'acceptance-update'
  readonly threadId: string
  readonly postId: string
  readonly accepted: boolean
}

/** A thread or post that its source no longer shows: deleted, hidden or not approved. An unknown id changes nothing. */
export interface RemovalRecord extends Dated {
  readonly type: 'removal'
  readonly of: 'thread' | 'post'
  readonly id: string
}

/** The complete set of accepted answers of a thread, as the export states it; empty if there are none. */
export interface AcceptanceRecord extends Dated {
  readonly type: 'acceptance'
  readonly threadId: string
  readonly postIds: readonly string[]
}

export interface LinkRecord {
  readonly type: 'link'
  readonly fromThreadId: string
  readonly toThreadId: string
  readonly kind: 'duplicate' | 'related'
}

export interface MemberRecord {
  readonly type: 'member'
  readonly id: string
  readonly name: string
  readonly role?: MemberRole
  readonly reputation?: number
  readonly joinedAt?: string
}

/** All votes on a post so far (totals, not increments). */
export interface VotesRecord {
  readonly type: 'votes'
  readonly postId: string
  readonly up: number
  readonly down: number
}

/** A position in an export, for people who have to correct it. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/**
 * What a format yields: a record; a row that is ignored because it holds nothing that Entraide stores (a tag wiki); or a
 * row that is rejected, with its code, reason and place. A rejected question counts once, as a `thread`. A fault that ends
 * the stream (truncated XML) is thrown as a coded error instead, after everything before it was yielded. `incomplete`
 * names a thread of which the export holds only a part; that part comes as records. A `checkpoint` says how far a source
 * was read: once everything before it is committed, the next reading may continue from it.
 */
export type SourceItem =
  | { readonly outcome: 'record'; readonly record: SourceRecord; readonly place: Place }
  | { readonly outcome: 'ignored'; readonly place: Place }
  | {
      readonly outcome: 'checkpoint'
      /** Name of the cursor; a source has one per server that it is read from. */
      readonly name: string
      readonly cursor: string
      readonly place: Place
    }
  | {
      readonly outcome: 'incomplete'
      readonly code: string
      readonly reason: string
      readonly place: Place
    }
  | {
      readonly outcome: 'rejected'
      readonly of: 'thread' | 'post' | 'other'
      readonly code: string
      readonly reason: string
      readonly place: Place
    }

/** How far an export was read, in bytes of input, for progress and remaining time. */
export interface ReadProgress {
  bytesRead: number
  bytesTotal: number
  /** How the format understood the export; formats add to it if it is present. */
  readonly notes?: string[]
}

/** Options of a format by name (a column mapping, an API key); plain data, so that workers can receive it. */
export type FormatOptions = Readonly<Record<string, string>>

/** What a reading depends on besides its input. */
export interface ReadContext {
  /** The cursor of the last committed checkpoint. */
  readonly cursor?: string
  /** Aborts waiting for a server; a reading of files ends between its batches. */
  readonly signal?: AbortSignal
}

/** One export format: a name for `entraide import <name>` and a way to read it. */
export interface SourceFormat {
  readonly name: string
  readonly description: string
  /** Whether the files of an export refer to each other by name; their folder is then the path of the export. */
  readonly readsFolders?: boolean
  /**
   * Name of the cursor by which a reading of these paths continues where the last one ended; undefined if it always
   * starts at the beginning.
   */
  cursorName?(paths: readonly string[]): string | undefined
  /**
   * Reads the export at `paths` (files or folders, as the format defines) as a stream, in constant memory. Items come in
   * batches of about a read block, because single items cost four times as much; a batch is never empty, and its
   * boundaries have no meaning.
   *
   * @param progress updated in place while reading; `bytesTotal` is known before the first batch
   * @param options options of the format; may hold secrets, and are neither logged nor stored
   * @throws CodedError of this module if the input cannot be read (or not further)
   */
  read(
    paths: readonly string[],
    progress: ReadProgress,
    options?: FormatOptions,
    context?: ReadContext,
  ): AsyncIterable<readonly SourceItem[]>
}

const BATCH = 1000

/** Divides items into batches, for formats that do not read by block. */
export function* batchesOf(items: Iterable<SourceItem>): Generator<readonly SourceItem[]> {
  let batch: SourceItem[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length === BATCH) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}
