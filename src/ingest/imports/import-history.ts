import type { Audience } from '../../access/audience.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { decodeCursor, decodeNumberCursor, type Page, toPage } from '../../platform/page.ts'
import type { Place } from '../../sources/record.ts'
import { ingestErrors } from '../errors.ts'
import { joinReadableSources } from '../readable-sources.ts'
import type { ImportProgress, ImportSummary } from './import-request.ts'
import { STALLED_MS } from './import-store.ts'

export const IMPORT_STATUSES = [
  'queued',
  'running',
  'completed',
  'failed',
  'cancelled',
  'interrupted',
] as const
export type ImportStatus = (typeof IMPORT_STATUSES)[number]

/** An import as its history shows it. */
export interface ImportRecord {
  readonly id: string
  readonly source: string
  readonly format: string
  /** `interrupted`: run from the command line, and killed. Importing again completes it. */
  readonly status: ImportStatus
  readonly origin: 'command-line' | 'upload' | 'crawl'
  readonly startedBy?: { readonly id: string; readonly name: string }
  readonly files: readonly { readonly name: string; readonly bytes?: number }[]
  readonly attempts: number
  readonly createdAt: string
  readonly startedAt?: string
  readonly progressAt: string
  readonly finishedAt?: string
  readonly cancelRequestedAt?: string
  readonly progress?: ImportProgress
  readonly summary?: ImportSummary
  readonly error?: {
    readonly code: string
    readonly message: string
    readonly line?: number
    readonly column?: number
  }
}

export interface KeptRejection {
  readonly number: number
  readonly code: string
  readonly reason: string
  readonly place: Place
}

interface ImportQuery {
  readonly source?: string
  readonly status?: ImportStatus
  readonly reader: Audience
  readonly cursor?: string
  readonly limit: number
}

interface Row {
  id: string
  source: string
  format: string
  status: ImportStatus
  origin: ImportRecord['origin']
  actor_id: string | null
  actor_name: string | null
  files: string | null
  attempts: number
  created_at: string
  started_at: string | null
  progress_at: string
  finished_at: string | null
  cancel_requested_at: string | null
  progress: string | null
  summary: string | null
  error: string | null
}

const columns = [
  'i.id',
  's.name as source',
  'i.format',
  'i.origin',
  'i.actor_id',
  'i.actor_name',
  'i.files',
  'i.attempts',
  'i.created_at',
  'i.started_at',
  'i.progress_at',
  'i.finished_at',
  'i.cancel_requested_at',
  'i.progress',
  'i.summary',
  'i.error',
]

export type ImportHistory = ReturnType<typeof createImportHistory>

/** Imports of every origin, for readers who may see their source. */
export function createImportHistory(db: Database, clock: Clock) {
  /** The status; a command that stopped making progress was killed, and could not record that itself. */
  function status() {
    const stalledSince = new Date(clock.now().getTime() - STALLED_MS).toISOString()
    return db.sql.raw(
      `case when i.status = 'running' and i.origin = 'command-line' and i.progress_at < ? then 'interrupted' else i.status end`,
      [stalledSince],
    )
  }

  const readable = (reader: Audience) =>
    joinReadableSources(db.sql('imports as i'), 'i.source_id', reader)
      .select(columns)
      .select(db.sql.raw('? as status', [status()]))

  async function find(ids: readonly string[], reader: Audience): Promise<ImportRecord[]> {
    const rows: Row[] = await readable(reader).whereIn('i.id', ids)
    return rows.map(present)
  }

  async function require(id: string, reader: Audience): Promise<ImportRecord> {
    const [found] = await find([id], reader)
    if (found === undefined) throw ingestErrors.IMPORT_NOT_FOUND({ id })
    return found
  }

  return {
    find,

    /** @throws CodedError IMPORT_NOT_FOUND */
    require,

    /** Imports that are queued or running, or have progressed since a time, ISO 8601; at most 100. */
    async inProgress(since: string, reader: Audience): Promise<ImportRecord[]> {
      const rows: Row[] = await readable(reader)
        .where((moving) =>
          moving.whereIn('i.status', ['queued', 'running']).orWhere('i.progress_at', '>=', since),
        )
        .orderBy('i.id', 'desc')
        .limit(100)
      return rows.map(present)
    },

    /** Newest first. @throws CodedError CURSOR_INVALID */
    async list({ source, status: wanted, reader, cursor, limit }: ImportQuery): Promise<Page<ImportRecord>> {
      const query = readable(reader)
        .orderBy('i.id', 'desc')
        .limit(limit + 1)
      if (source !== undefined) query.where('s.name', source)
      if (wanted !== undefined) query.where(db.sql.raw('? = ?', [status(), wanted]))
      if (cursor !== undefined) query.where('i.id', '<', decodeCursor(cursor).id)
      const rows: Row[] = await query
      return toPage(rows.map(present), limit, ({ id, createdAt }) => ({ key: createdAt, id }))
    },

    /**
     * The first 10,000 rejections of an import, in the order of the export.
     *
     * @throws CodedError IMPORT_NOT_FOUND, CURSOR_INVALID
     */
    async rejections(
      id: string,
      {
        reader,
        cursor,
        limit,
      }: { readonly reader: Audience; readonly cursor?: string; readonly limit: number },
    ): Promise<Page<KeptRejection>> {
      await require(id, reader)
      const rows: { number: number; code: string; reason: string; place: string }[] = await db
        .sql('import_rejections')
        .where({ import_id: id })
        .where('number', '>', cursor === undefined ? 0 : decodeNumberCursor(cursor))
        .orderBy('number')
        .limit(limit + 1)
      const rejections = rows.map(({ number, code, reason, place }) => ({
        number,
        code,
        reason,
        place: JSON.parse(place) as Place,
      }))
      return toPage(rejections, limit, ({ number }) => ({ key: String(number), id }))
    },
  }
}

function present(row: Row): ImportRecord {
  return {
    id: row.id,
    source: row.source,
    format: row.format,
    status: row.status,
    origin: row.origin,
    startedBy: row.actor_id === null ? undefined : { id: row.actor_id, name: row.actor_name ?? '' },
    files: JSON.parse(row.files ?? '[]'),
    attempts: row.attempts,
    createdAt: row.created_at,
    startedAt: row.started_at ?? undefined,
    progressAt: row.progress_at,
    finishedAt: row.finished_at ?? undefined,
    cancelRequestedAt: row.cancel_requested_at ?? undefined,
    progress: row.progress === null ? undefined : JSON.parse(row.progress),
    summary: row.summary === null ? undefined : JSON.parse(row.summary),
    error: row.error === null ? undefined : JSON.parse(row.error),
  }
}

/** An import as the API and the command line show it, with the remaining time where it can be estimated. */
export function presentImport({ progress, files, summary, ...record }: ImportRecord) {
  return {
    ...record,
    files: [...files],
    summary: summary && presentSummary(summary),
    progress: progress && presentProgress(progress, record.status),
  }
}

function presentSummary({ notes, ...summary }: ImportSummary) {
  return { ...summary, notes: notes && [...notes] }
}

function presentProgress({ importId: _, ...progress }: ImportProgress, status: ImportRecord['status']) {
  const { bytesRead, bytesTotal, elapsedMs } = progress
  const canEstimate = status === 'running' && bytesRead > 0 && bytesTotal >= bytesRead
  const left = (elapsedMs * (bytesTotal - bytesRead)) / bytesRead
  return { ...progress, secondsLeft: canEstimate ? Math.round(left / 1000) : undefined }
}
