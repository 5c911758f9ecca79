import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Clock } from '../../platform/clock.ts'
import type { IdentifierPattern } from '../../platform/config/identifier-patterns.ts'
import type { Database } from '../../platform/database/database.ts'
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
  /** Converts texts; without one, an import starts a worker of its own. */
  readonly texts?: TextWorker
  /** How the company writes its customer and order numbers, for imports that redact. */
  readonly identifiers: readonly IdentifierPattern[]
}

export interface ImportRequest {
  /**
   * Resumes this import instead of recording a new one. If it does not complete, the caller records its outcome and
   * whether it is tried again.
   */
  readonly importId?: string
  /** Name of a source format: `stack-exchange`, `ndjson`, `csv`. */
  readonly format: string
  readonly paths: readonly string[]
  /** Name of the source, which its first import creates. */
  readonly source: string
  readonly actor: Actor
  /** Who may see the source's threads. By default a new source is `internal` and an existing one does not change. */
  readonly audience?: Audience
  readonly labelFrom?: LabelFrom
  /** Whether personal data is removed from all texts before they are stored; the source keeps this setting. */
  readonly redact?: boolean
  /** Whether the export is complete: what is stored of the source and missing from it is deleted. */
  readonly complete?: boolean
  /** Passed to the format as it is; may hold secrets. */
  readonly options?: FormatOptions
}

export interface ImportWatcher {
  /** Called after each commit; what it reports is committed. */
  readonly onProgress?: (progress: ImportProgress) => void
  /** Called after the commit that stores the rejection. */
  readonly onRejection?: (rejection: Rejection) => void
  /** Ends the import at the next batch. */
  readonly signal?: AbortSignal
  /** How much goes into one transaction; by default adjusted to the speed of the database. */
  readonly batch?: BatchLimit
}

/** Present where the export is complete, or states removals. */
interface Deletions {
  readonly deleted?: number
}

/** Why an export that was declared complete was not treated as complete. */
export interface NotComplete {
  readonly code:
    | 'COMPLETE_WITH_REJECTIONS'
    | 'COMPLETE_WITH_PARTS'
    | 'COMPLETE_WITHOUT_THREADS'
    | 'COMPLETE_BY_API'
  readonly reason: string
}

/**
 * The outcome of an export. `new`, `changed` and `unchanged` add up to what was imported (a record that the export repeats
 * identically is `unchanged`); a thread whose stated acceptances differ is `changed`. Properties of the export itself,
 * and so the same at every run, are `answers` (distinct ones) and `threads.resolved` (threads with an accepted answer,
 * both in the export). `posts.rejected` also counts rejected rows that are neither thread nor post. `ignored` rows hold
 * nothing that Entraide stores. `orphans` are answers of the export whose question is not in the database. `incomplete`
 * are threads of which the export holds only a part; they are imported as they are and listed with the rejections.
 */
export interface ImportSummary {
  readonly threads: Readonly<OutcomeCounts> & { readonly resolved: number } & Deletions
  readonly posts: Readonly<OutcomeCounts> & Deletions
  /** Present where the export was declared complete, but nothing missing from it was deleted. */
  readonly notComplete?: NotComplete
  readonly answers: number
  readonly ignored: number
  readonly orphans: number
  readonly incomplete: number
  /** How the format understood the export; absent where there is nothing to report. */
  readonly notes?: readonly string[]
}

/** The progress of an import; everything counted here is committed. */
export interface ImportProgress {
  readonly importId: string
  /** Threads and posts imported so far: new, changed and unchanged. */
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
