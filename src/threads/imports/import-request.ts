import type { Actor, Audience, AuditLog } from '../../access/index.ts'
import type { Clock, Database, IdentifierPattern, Outbox } from '../../platform/index.ts'
import type { FormatOptions } from '../../sources/index.ts'
import type { Rejection } from '../ingest/batch.ts'
import type { TextThread } from '../ingest/text-work.ts'
import type { LabelFrom } from '../source-store.ts'
import type { ImportProgress } from './import-summary.ts'
import type { BatchLimit } from './read-batches.ts'

export interface ImportDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly outbox: Outbox
  /** Where texts are worked on; an import starts a thread of its own unless it is given one. */
  readonly texts?: TextThread
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
