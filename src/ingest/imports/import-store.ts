import { dirname, isAbsolute, normalize, relative, sep } from 'node:path'
import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { CodedError } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Rejection } from '../rows/batch.ts'
import { type EarlierAttempts, earlierAttempts, firstAttempt } from './begin-import.ts'
import type { ImportProgress, ImportSummary } from './import-request.ts'

/** Rejections stored per import; all are counted. */
const MOST_REJECTIONS = 10_000
/** A command-line import that has committed nothing for this long is assumed to have been killed. */
export const STALLED_MS = 600_000

/** A running import. */
export interface ImportRun {
  readonly id: string
  readonly sourceId: string
  /** Whether an earlier import of the source was completed. */
  readonly hasEarlierImport: boolean
  /** What earlier attempts committed. */
  readonly earlier: EarlierAttempts
}

/** Who runs an import from the command line, and its files. */
interface Beginning {
  readonly actor?: Pick<Actor, 'id' | 'name'>
  readonly files?: readonly { readonly name: string }[]
}

export type ImportStore = ReturnType<typeof createImportStore>

/** The state that running imports record: that they run, their progress, their rejections and their end. */
export function createImportStore(db: Database, clock: Clock) {
  return {
    /** Records a new running import, and marks imports of the source that have stalled as interrupted. */
    async begin(sourceId: string, format: string, { actor, files }: Beginning = {}): Promise<ImportRun> {
      const id = newId('imp', clock.now())
      const now = isoNow(clock)
      const stalledSince = new Date(clock.now().getTime() - STALLED_MS).toISOString()
      await db
        .sql('imports')
        .where({ source_id: sourceId, status: 'running', origin: 'command-line' })
        .where('progress_at', '<', stalledSince)
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
      return { id, sourceId, earlier: firstAttempt, hasEarlierImport: await wasCompleted(sourceId) }
    },

    /** Resumes an import that was begun before; its rejections are deleted, because they will be found again. */
    async resume(id: string): Promise<ImportRun> {
      const row: { source_id: string; progress: string | null } = await db
        .sql('imports')
        .where({ id })
        .first('source_id', 'progress')
      await db.sql('import_rejections').where({ import_id: id }).delete()
      const sourceId = row.source_id
      return {
        id,
        sourceId,
        earlier: earlierAttempts(row.progress),
        hasEarlierImport: await wasCompleted(sourceId),
      }
    },

    /**
     * Records the progress of the import, in the transaction of the batch that made it.
     *
     * @returns whether the import was cancelled
     */
    async advance({ id }: ImportRun, progress: ImportProgress): Promise<boolean> {
      const rows = await db.query<{ cancel_requested_at: string | null }>(
        'update imports set progress = ?, progress_at = ? where id = ? returning cancel_requested_at',
        [JSON.stringify(progress), isoNow(clock), id],
      )
      return rows[0]?.cancel_requested_at != null
    },

    /** @param places how the history shows the places of rejections */
    async reject(importId: string, rejections: readonly Rejection[], places?: ReportedPlaces): Promise<void> {
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
        place: JSON.stringify({ ...place, file: places?.file(place.file) ?? place.file }),
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

    /** The first 10,000 rejections of an import, in the order of the export. */
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

/** Shows the places of an export's files without revealing the folders of this machine. */
export interface ReportedPlaces {
  /** A file's path within the export, as people who correct the export know it. */
  file(path: string): string
  /** The message without the folders of this machine. */
  text(message: string): string
}

/** The address of a source that is read over the network; it does not reveal anything of this machine. */
const ADDRESS = /^https?:\/\//i

/**
 * Names of an export's files for its history. The places and errors that an import stores are shown over HTTP, and must
 * not reveal where on the server the files are.
 *
 * @param paths files or folders of the export, as they were given
 */
export function reportedPlaces(paths: readonly string[]): ReportedPlaces {
  const given = paths.filter((path) => !ADDRESS.test(path)).map((path) => normalize(path))
  // With several folders each path keeps the name of its folder, so that two files of one name stay distinct.
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
