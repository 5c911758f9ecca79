import { dirname, isAbsolute, normalize, relative, sep } from 'node:path'
import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { CodedError } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Rejection } from '../rows/batch.ts'
import { type EarlierAttempts, earlierAttempts, firstAttempt } from './begin-import.ts'
import type { ImportProgress, ImportSummary } from './import-request.ts'

/** Rejections kept of one import; all are counted. */
const MOST_REJECTIONS = 10_000
/** A command-line import that has committed nothing for this long is taken to have been killed. */
export const SILENT_MS = 600_000

/** An import that runs. */
export interface ImportRun {
  readonly id: string
  readonly sourceId: string
  /** Whether an export of the source was taken in before, to its end. */
  readonly isLater: boolean
  /** What attempts before this one committed. */
  readonly earlier: EarlierAttempts
}

/** Of an import from the command line: who runs it on what. */
interface Beginning {
  readonly actor?: Pick<Actor, 'id' | 'name'>
  readonly files?: readonly { readonly name: string }[]
}

export type ImportStore = ReturnType<typeof createImportStore>

/** What imports note of themselves while they run: that they do, how far they are, what they could not take. */
export function createImportStore(db: Database, clock: Clock) {
  return {
    /** Notes that an import runs; those of the source that fell silent are noted as interrupted. */
    async begin(sourceId: string, format: string, { actor, files }: Beginning = {}): Promise<ImportRun> {
      const id = newId('imp', clock.now())
      const now = isoNow(clock)
      const silent = new Date(clock.now().getTime() - SILENT_MS).toISOString()
      await db
        .sql('imports')
        .where({ source_id: sourceId, status: 'running', origin: 'command-line' })
        .where('progress_at', '<', silent)
        .update({ status: 'interrupted', finished_at: now })
      await db.sql('imports').insert({
        id,
        source_id: sourceId,
        format,
        status: 'running',
        origin: 'command-line',
        attempts: 1,
        actor_id: actor?.id ?? null,
        actor_name: actor?.name ?? null,
        files: files === undefined ? null : JSON.stringify(files),
        created_at: now,
        started_at: now,
        progress_at: now,
      })
      return { id, sourceId, earlier: firstAttempt, isLater: await wasCompleted(sourceId) }
    },

    /** The run that goes on with an import begun before; what was rejected will be found again. */
    async goOn(id: string): Promise<ImportRun> {
      const row: { source_id: string; progress: string | null } = await db
        .sql('imports')
        .where({ id })
        .first('source_id', 'progress')
      await db.sql('import_rejections').where({ import_id: id }).delete()
      const sourceId = row.source_id
      return { id, sourceId, earlier: earlierAttempts(row.progress), isLater: await wasCompleted(sourceId) }
    },

    /**
     * Notes how far the import is, in the transaction of the batch that brought it there.
     *
     * @returns whether somebody asked it to end
     */
    async advance({ id }: ImportRun, progress: ImportProgress): Promise<boolean> {
      const rows = await db.query<{ cancel_requested_at: string | null }>(
        'update imports set progress = ?, progress_at = ? where id = ? returning cancel_requested_at',
        [JSON.stringify(progress), isoNow(clock), id],
      )
      return rows[0]?.cancel_requested_at != null
    },

    /** @param told how the places are told to whoever reads the history */
    async reject(importId: string, rejections: readonly Rejection[], told?: ReportedPlaces): Promise<void> {
      if (rejections.length === 0) return
      const last = await db
        .sql('import_rejections')
        .where({ import_id: importId })
        .max<{ number: number | null }>('number as number')
        .first()
      const kept = last?.number ?? 0
      const rows = rejections.slice(0, MOST_REJECTIONS - kept).map(({ code, reason, place }, i) => ({
        import_id: importId,
        number: kept + i + 1,
        code,
        reason,
        place: JSON.stringify({ ...place, file: told?.file(place.file) ?? place.file }),
      }))
      if (rows.length > 0) await db.sql('import_rejections').insert(rows)
    },

    async complete({ id }: Pick<ImportRun, 'id'>, summary: ImportSummary): Promise<void> {
      await finish(id, 'completed', summary)
    },

    async fail(
      { id }: Pick<ImportRun, 'id'>,
      summary: ImportSummary | undefined,
      { code, message, details }: Pick<CodedError, 'code' | 'message' | 'details'>,
    ): Promise<void> {
      const { line, column, byte } = details
      await finish(id, 'failed', summary, JSON.stringify({ code, message, line, column, byte }))
    },

    async cancel({ id }: Pick<ImportRun, 'id'>, summary: ImportSummary | undefined): Promise<void> {
      await finish(id, 'cancelled', summary)
    },

    /** What an import rejected, in the order of the export: the first 10,000. */
    async rejections(importId: string, limit = MOST_REJECTIONS): Promise<Omit<Rejection, 'of'>[]> {
      const rows: { code: string; reason: string; place: string }[] = await db
        .sql('import_rejections')
        .where({ import_id: importId })
        .orderBy('number')
        .limit(limit)
      return rows.map(({ code, reason, place }) => ({ code, reason, place: JSON.parse(place) }))
    },
  }

  async function wasCompleted(sourceId: string): Promise<boolean> {
    const one = await db.sql('imports').where({ source_id: sourceId, status: 'completed' }).first('id')
    return one !== undefined
  }

  async function finish(
    id: string,
    status: 'completed' | 'failed' | 'cancelled',
    summary: ImportSummary | undefined,
    error: string | null = null,
  ): Promise<void> {
    const now = isoNow(clock)
    await db
      .sql('imports')
      .where({ id })
      .update({
        status,
        summary: summary === undefined ? undefined : JSON.stringify(summary),
        error,
        progress_at: now,
        finished_at: now,
      })
  }
}

/** Where the files of an export are, and so what is nobody else's business. */
export interface ReportedPlaces {
  /** A file's name beneath the export's own folder: what people who mend it know it by. */
  file(path: string): string
  /** A message without the folders of this machine. */
  text(message: string): string
}

/** Of a source that is read over the network; it is no secret of the server. */
const ADDRESS = /^https?:\/\//i

/**
 * Names of an export's files for its history: what an import keeps of its places and faults is shown over HTTP and
 * must not tell where on the server they lie.
 *
 * @param paths files or folders of the export, as they were given
 */
export function reportedPlaces(paths: readonly string[]): ReportedPlaces {
  const given = paths.filter((path) => !ADDRESS.test(path)).map((path) => normalize(path))
  // Of several folders each keeps its own name, so that two files of one name stay apart.
  const folders = [...(given.length === 1 ? given : []), ...given.map((path) => dirname(path))]
    .filter((folder) => folder !== '.' && folder !== sep)
    .sort((a, b) => b.length - a.length)

  function file(path: string): string {
    if (ADDRESS.test(path)) return path
    const normal = normalize(path)
    const folder = folders.find((each) => normal.startsWith(each.endsWith(sep) ? each : each + sep))
    return folder === undefined ? normal : relative(folder, normal)
  }

  return {
    file,
    text(message) {
      const absolute = folders.filter(isAbsolute)
      return absolute.reduce((text, folder) => text.replaceAll(folder + sep, ''), message)
    },
  }
}
