/**
 * What every source is read into: a stream of small records, keyed by the ids the source itself uses.
 * A record may come before what it refers to (an answer before its question, votes in another file);
 * assembling them is the import's work, in the database.
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

/** What `createdAt` says where a source states no date (a CSV of labelled texts). */
export const NO_DATE = '1970-01-01T00:00:00.000Z'

/** What is told in deliveries that may come late, twice or out of order. */
interface Dated {
  /** When the source said so (ISO 8601 in UTC): what it said of the same thing later stands. Not part of what is compared. */
  readonly asOf?: string
}

/**
 * A thread's frame. Its question is a {@link PostRecord} of its own. Times are ISO 8601 in UTC with milliseconds;
 * no text of any record holds a NUL or half a surrogate pair, so that every database can store it.
 */
export interface ThreadRecord extends Dated {
  readonly type: 'thread'
  readonly id: string
  readonly title: string
  readonly createdAt: string
  readonly tags: readonly string[]
  /** BCP 47 primary tag when the source states it; detected otherwise. */
  readonly language?: string
  readonly url?: string
  readonly views?: number
  readonly closed?: boolean
  /** Facet name → label name, where the source states verdicts (a labelled CSV, say). */
  readonly labels?: Readonly<Record<string, string>>
  /** What the company knows of the asker or the case: segment, revenue … */
  readonly facts?: Readonly<Record<string, string | number | boolean>>
}

export interface PostRecord extends Dated {
  readonly type: 'post'
  readonly id: string
  readonly kind: PostKind
  /** Absent on a comment whose source names only the post it hangs on (`parentId`). */
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
 * One answer accepted, or no longer, where a source tells of that answer alone (a webhook) rather than of the whole
 * set.
 */
export interface AcceptanceUpdateRecord extends Dated {
  readonly type: 'acceptance-update'
  readonly threadId: string
  readonly postId: string
  readonly accepted: boolean
}

/** A thread or post that its source no longer shows: deleted, hidden, not approved. Unknown ids change nothing. */
export interface RemovalRecord extends Dated {
  readonly type: 'removal'
  readonly of: 'thread' | 'post'
  readonly id: string
}

/** The complete set of accepted answers of a thread, as the export states it: empty when none is. */
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

/** All votes of a post so far (totals, not increments). */
export interface VotesRecord {
  readonly type: 'votes'
  readonly postId: string
  readonly up: number
  readonly down: number
}

/** Where in an export something stands, for people who have to mend it. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/**
 * What a format yields: a record, a row that is none of ours (a tag wiki), or a row that cannot be taken,
 * with its code, reason and place. A rejected question counts once, as a `thread`. A fault that ends the stream
 * (truncated XML) is thrown as a coded error instead, after everything before it was yielded. `incomplete` names a
 * thread of which the export holds a part only; what is there comes as records. `checkpoint` says that a source was
 * read so far: once what came before is kept, the next reading may go on from it.
 */
export type SourceItem =
  | { readonly outcome: 'record'; readonly record: SourceRecord; readonly place: Place }
  | { readonly outcome: 'ignored'; readonly place: Place }
  | {
      readonly outcome: 'checkpoint'
      /** Which cursor of the source: one a server that it is read from. */
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

/** How far a reader has come, in bytes of input, for progress and ETA. */
export interface ReadProgress {
  bytesRead: number
  bytesTotal: number
  /** What the reader has to tell of how it understood the export; formats add to it where it is there. */
  readonly notes?: string[]
}

/** Choices of a format by name (a column mapping, an API key): plain data, so that it crosses threads. */
export type FormatOptions = Readonly<Record<string, string>>

/** What a reading goes by besides its input. */
export interface ReadContext {
  /** The cursor of the last checkpoint that was kept. */
  readonly cursor?: string
  /** Ends waits for a server; a reading of files ends between its batches. */
  readonly signal?: AbortSignal
}

/** One export format: a name for `entraide import <name>` and a way to read it. */
export interface SourceFormat {
  readonly name: string
  readonly description: string
  /** Whether the files of one export lie in a folder, which is then its path, and refer to each other by name. */
  readonly readsFolders?: boolean
  /**
   * Name of the cursor by which a reading of these paths goes on where the last one ended; undefined where it always
   * begins at the beginning.
   */
  cursorName?(paths: readonly string[]): string | undefined
  /**
   * Reads the export at `paths` (files or folders, as the format defines) as a stream, in flat memory. Items come
   * in batches of about a read block (an item at a time costs four times as much); a batch is never empty and its
   * borders mean nothing.
   *
   * @param progress updated in place while reading; `bytesTotal` is known before the first batch
   * @param options what the format lets its caller choose; may hold secrets, and is neither logged nor kept
   * @throws CodedError of this slice when the input as a whole cannot be read (or not further)
   */
  read(
    paths: readonly string[],
    progress: ReadProgress,
    options?: FormatOptions,
    context?: ReadContext,
  ): AsyncIterable<readonly SourceItem[]>
}

const BATCH = 1000

/** Items as a format yields them, where they do not come by read block. */
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
