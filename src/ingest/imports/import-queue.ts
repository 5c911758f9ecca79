import type { Knex } from 'knex'
import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { ImportRequest } from './import-request.ts'

/** All that the run of a waiting import needs, except the place of its files, which each machine determines itself. */
export type WaitingRequest = Omit<ImportRequest, 'paths' | 'importId'>

export interface UploadedFile {
  readonly name: string
  readonly bytes: number
  /** Of its content; uploads of release 0.1 have none. */
  readonly sha256?: string
}

export interface NewWaitingImport {
  readonly id: string
  readonly sourceId: string
  readonly request: WaitingRequest
  readonly files: readonly UploadedFile[]
  /** The home folder that the files lie in; empty for a crawl. */
  readonly homeId: string
  readonly idempotencyKey?: string
  /** `upload` by default. */
  readonly origin?: WaitingOrigin
}

/** Where a waiting import reads: files that somebody uploaded, or the API of its source. */
export type WaitingOrigin = 'upload' | 'crawl'
const WAITING_ORIGINS: readonly WaitingOrigin[] = ['upload', 'crawl']

export interface WaitingImport {
  readonly id: string
  readonly sourceId: string
  readonly origin: WaitingOrigin
  readonly status: string
  readonly request: WaitingRequest
  readonly files: readonly UploadedFile[]
  readonly homeId: string
  readonly attempts: number
  /** When its state last changed. */
  readonly progressAt: string
  readonly isCancelled: boolean
  /** When it ended; absent before. */
  readonly finishedAt?: string
}

interface Row {
  id: string
  source_id: string
  format: string
  status: string
  origin: WaitingOrigin
  request: string
  files: string
  home_id: string
  attempts: number
  progress_at: string
  cancel_requested_at: string | null
  finished_at: string | null
}

/** Statuses of imports that have ended and do not change any more. */
export const ENDED = ['completed', 'failed', 'cancelled', 'interrupted'] as const

/** How long a cancelled import keeps its files, so that it can be resumed. */
export const RESUMABLE_MS = 24 * 3_600_000

export type ImportQueue = ReturnType<typeof createImportQueue>

/** Imports of uploaded files, from their acknowledgement until they have ended. */
export function createImportQueue(db: Database, clock: Clock) {
  const imports = () => db.sql('imports')

  /** An upload or a crawl that was cancelled so lately that its files are still here. */
  const isResumable = () => (where: Knex.QueryBuilder) =>
    where
      .where({ status: 'cancelled' })
      .whereIn('origin', WAITING_ORIGINS)
      .where('finished_at', '>', new Date(clock.now().getTime() - RESUMABLE_MS).toISOString())

  return {
    /** @returns false, and adds nothing, if the actor's Idempotency-Key belongs to another import */
    async add({
      id,
      sourceId,
      request,
      files,
      homeId,
      idempotencyKey,
      origin = 'upload',
    }: NewWaitingImport): Promise<boolean> {
      const now = isoNow(clock)
      const added: unknown[] = await imports()
        .insert({
          id,
          source_id: sourceId,
          format: request.format,
          status: 'queued',
          origin,
          actor_id: request.actor.id,
          actor_name: request.actor.name,
          request: JSON.stringify(request),
          files: JSON.stringify(files),
          home_id: homeId,
          idempotency_key: idempotencyKey ?? null,
          attempts: 0,
          created_at: now,
          progress_at: now,
        })
        .onConflict(db.sql.raw('(actor_id, idempotency_key) where idempotency_key is not null'))
        .ignore()
        .returning('id')
      return added.length > 0
    },

    /** The import that an actor requested with this Idempotency-Key. */
    async idByKey(actor: Pick<Actor, 'id'>, idempotencyKey: string): Promise<string | undefined> {
      const row: { id: string } | undefined = await imports()
        .where({ actor_id: actor.id, idempotency_key: idempotencyKey })
        .first('id')
      return row?.id
    },

    async find(id: string): Promise<WaitingImport | undefined> {
      const row: Row | undefined = await imports().where({ id }).whereIn('origin', WAITING_ORIGINS).first()
      return row === undefined ? undefined : present(row)
    },

    /** Those of these imports that may still need their files. */
    async unended(ids: readonly string[]): Promise<Set<string>> {
      const found: string[] = await imports()
        .whereIn('id', ids)
        .where((needed) => needed.whereNotIn('status', ENDED).orWhere(isResumable()))
        .pluck('id')
      return new Set(found)
    },

    /** The crawl of a source that waits or runs; its id. */
    async crawlOf(sourceId: string): Promise<string | undefined> {
      const row: { id: string } | undefined = await imports()
        .where({ source_id: sourceId, origin: 'crawl' })
        .whereNotIn('status', ENDED)
        .first('id')
      return row?.id
    },

    /** Queues an import again that was cancelled lately. @returns whether it was */
    async resume(id: string): Promise<boolean> {
      const resumed = await imports()
        .where({ id })
        .where(isResumable())
        .update({
          status: 'queued',
          attempts: 0,
          cancel_requested_at: null,
          finished_at: null,
          summary: null,
          progress_at: isoNow(clock),
        })
      return resumed > 0
    },

    /**
     * Records that a run begins, unless the import has ended or was cancelled.
     *
     * @returns the number of the attempt; undefined if it must not begin
     */
    async start(id: string): Promise<number | undefined> {
      const now = isoNow(clock)
      const started: { attempts: number }[] = await imports()
        .where({ id })
        .whereNotIn('status', ENDED)
        .whereNull('cancel_requested_at')
        .update({
          status: 'running',
          attempts: db.sql.raw('attempts + 1'),
          started_at: db.sql.raw('coalesce(started_at, ?)', [now]),
          progress_at: now,
        })
        .returning('attempts')
      return started[0]?.attempts
    },

    /**
     * Records that a run ended early and another will follow. A run that a later attempt has overtaken changes nothing.
     *
     * @param counts whether it counts as an attempt
     */
    async pause(
      id: string,
      { attempt, counts }: { readonly attempt: number; readonly counts: boolean },
    ): Promise<void> {
      await imports()
        .where({ id, status: 'running', attempts: attempt })
        .update({
          status: 'queued',
          progress_at: isoNow(clock),
          ...(counts ? {} : { attempts: db.sql.raw('attempts - 1') }),
        })
    },

    /**
     * Requests that an import end: a waiting one ends at once, a running one at its next batch.
     *
     * @returns its status before; undefined if there is no such import
     */
    async requestCancellation(id: string): Promise<string | undefined> {
      const now = isoNow(clock)
      const query = imports().where({ id }).first('status')
      const row: { status: string } | undefined = await (db.dialect === 'postgres'
        ? query.forUpdate()
        : query)
      if (row?.status === 'queued')
        await imports()
          .where({ id })
          .update({ status: 'cancelled', cancel_requested_at: now, finished_at: now })
      if (row?.status === 'running')
        await imports()
          .where({ id })
          .update({ cancel_requested_at: db.sql.raw('coalesce(cancel_requested_at, ?)', [now]) })
      return row?.status
    },
  }
}

function present(row: Row): WaitingImport {
  return {
    id: row.id,
    sourceId: row.source_id,
    origin: row.origin,
    status: row.status,
    request: JSON.parse(row.request),
    files: JSON.parse(row.files),
    homeId: row.home_id,
    attempts: row.attempts,
    progressAt: row.progress_at,
    isCancelled: row.cancel_requested_at !== null,
    finishedAt: row.finished_at ?? undefined,
  }
}
