import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { IdentifierPattern } from '../../platform/identifier-patterns.ts'
import type { Outbox } from '../../platform/jobs/events.ts'
import type { FormatOptions } from '../../sources/record.ts'
import type { OutcomeCounts, Rejection } from '../rows/batch.ts'
import type { TextWorker } from '../rows/text-work.ts'
import type { LabelFrom } from '../source-store.ts'
import type { BatchLimit } from './read-batches.ts'

export interface ImportDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly outbox: Outbox
  /** Where texts are worked on; an import starts a thread of its own unless it is given one. */
  readonly texts?: TextWorker
  /** How the company writes its customer and order numbers, for imports that redact. */
  readonly identifiers: readonly IdentifierPattern[]
}

export interface ImportRequest {
  /**
   * Goes on with this import instead of noting a new one. Whoever gives it notes what became of the import when it
   * does not complete, and whether it is tried again.
   */
  readonly importId?: string
  /** Name of a source format: `stack-exchange`, `ndjson`, `csv`. */
  readonly format: string
  readonly paths: readonly string[]
  /** Name of the source; made at its first import. */
  readonly source: string
  readonly actor: Actor
  /** Who may see the source's threads; a new source is `internal` unless told otherwise, others stay as they are. */
  readonly audience?: Audience
  readonly labelFrom?: LabelFrom
  /** Whether personal data is taken out of all texts before they are stored; a source remembers it. */
  readonly redact?: boolean
  /** Says that the export is whole: what the source had before and it does not tell is deleted. */
  readonly complete?: boolean
  /** Passed on to the format as it is; may hold secrets. */
  readonly options?: FormatOptions
}

export interface ImportWatcher {
  /** Called after each commit: what it tells is kept. */
  readonly onProgress?: (progress: ImportProgress) => void
  /** Called after the commit that keeps it. */
  readonly onRejection?: (rejection: Rejection) => void
  /** Ends the import at the next batch. */
  readonly signal?: AbortSignal
  /** How much goes into one transaction; found out while it runs unless told. */
  readonly batch?: BatchLimit
}

/** Of what was there before, gone now by the export's word: present where it could say so. */
interface Deletions {
  readonly deleted?: number
}

/** Why an export that was said to be whole was not taken for it. */
export interface NotComplete {
  readonly code:
    | 'COMPLETE_WITH_REJECTIONS'
    | 'COMPLETE_WITH_PARTS'
    | 'COMPLETE_WITHOUT_THREADS'
    | 'COMPLETE_BY_API'
  readonly reason: string
}

/**
 * What came of an export. `new`, `changed` and `unchanged` add up to what was taken (a record that the export repeats
 * word for word is `unchanged`); a thread whose stated acceptance differs is `changed`. Of the export itself, and so
 * the same at every run: `answers` (distinct ones) and `threads.resolved` (threads with an accepted answer, both in
 * the export). `posts.rejected` also counts rejected rows that are neither thread nor post. `ignored` rows are none of
 * ours. `orphans` are answers of the export whose question is not in the database now. `incomplete` are threads
 * of which the export holds a part only; they are taken as they are and named with the import's rejections.
 */
export interface ImportSummary {
  readonly threads: Readonly<OutcomeCounts> & { readonly resolved: number } & Deletions
  readonly posts: Readonly<OutcomeCounts> & Deletions
  /** Present where the export was said to be whole and nothing missing from it was deleted all the same. */
  readonly notComplete?: NotComplete
  readonly answers: number
  readonly ignored: number
  readonly orphans: number
  readonly incomplete: number
  /** What the format has to tell of how it understood the export; absent where there is nothing. */
  readonly notes?: readonly string[]
}

/** How far an import is: everything counted here is committed. */
export interface ImportProgress {
  readonly importId: string
  /** Threads and posts taken so far: new, changed and unchanged. */
  readonly threads: number
  readonly posts: number
  readonly counts: {
    readonly threads: Readonly<OutcomeCounts> & Deletions
    readonly posts: Readonly<OutcomeCounts> & Deletions
  }
  readonly bytesRead: number
  readonly bytesTotal: number
  readonly elapsedMs: number
  readonly postsPerSecond: number
}
