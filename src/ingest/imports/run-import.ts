import { join } from 'node:path'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { CodedError } from '../../platform/errors.ts'
import type { JobHandler } from '../../platform/jobs/job-handler.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import { requireFormat } from '../../sources/registry.ts'
import type { ApiAccessStore } from '../deliveries/api-access.ts'
import { ingestErrors } from '../errors.ts'
import { RUN_IMPORT, runImportJob } from './accept-import.ts'
import { type ImportWorkerDeps, importInWorker } from './import-in-worker.ts'
import { ENDED, type ImportQueue, RESUMABLE_MS, type WaitingImport } from './import-queue.ts'
import type { ImportRequest, ImportSummary } from './import-request.ts'
import { type ImportStore, reportedPlaces } from './import-store.ts'
import type { UploadFolder } from './upload-folder.ts'

export interface RunImportDeps extends ImportWorkerDeps {
  readonly db: Database
  readonly clock: Clock
  readonly jobs: JobStore
  readonly queue: ImportQueue
  readonly imports: ImportStore
  readonly uploads: UploadFolder
  readonly apiAccess: Pick<ApiAccessStore, 'find'>
  /** Hosts on a private network that may be called. */
  readonly privateHosts: readonly string[]
}

/** Attempts, including those that ended because the process was killed, before an import fails; jobs allow eight. */
const MOST_ATTEMPTS = 6
/** How long until another process checks whether the files are on its machine. */
const ASK_AGAIN_MS = 3_000
/** After a day without a process that has the files, their machine is assumed not to come back by itself. */
const MOST_SEARCH_MS = 24 * 3_600_000

/**
 * Runs an import of uploaded files or a crawl, or resumes one whose process died: it reads the export from its start and
 * does not write again what is already stored. The files are deleted when the import has ended, and kept while it may be
 * resumed: after it was cancelled, for a day.
 *
 * @throws unknown a fault that may be temporary, so that the job is tried again
 */
export async function runImport(deps: RunImportDeps, importId: string, signal: AbortSignal): Promise<void> {
  const { db, queue, uploads } = deps
  const waiting = await queue.find(importId)
  if (waiting === undefined || hasEnded(waiting)) return disposeOfFiles(deps, importId)
  if (waiting.origin === 'upload' && !(await uploads.has(importId))) return handleMissingFiles(deps, waiting)
  if (waiting.attempts >= MOST_ATTEMPTS) {
    const { attempts } = waiting
    return fail(
      deps,
      waiting,
      ingestErrors.IMPORT_GAVE_UP({ attempts, reason: 'the process ended unexpectedly' }),
    )
  }
  const attempt = await db.transaction(async () => {
    const begun = await queue.start(importId)
    if (begun !== undefined) return begun
    const now = await queue.find(importId)
    if (now?.isCancelled && !hasEnded(now)) await deps.imports.cancel({ id: importId }, undefined)
    return undefined
  })
  if (attempt === undefined) return disposeOfFiles(deps, importId)
  try {
    await importInWorker(deps, { ...waiting.request, ...(await readingOf(deps, waiting)), importId, signal })
    await uploads.remove(importId)
  } catch (fault) {
    await handleFailure(deps, waiting, attempt, fault, signal)
  }
}

/**
 * Deletes the files of an import that has ended; those of a cancelled one only when it can no longer be resumed. One that
 * was resumed meanwhile needs them, and has a job of its own.
 */
async function disposeOfFiles(
  { clock, jobs, queue, uploads }: RunImportDeps,
  importId: string,
): Promise<void> {
  const ended = await queue.find(importId)
  if (ended !== undefined && !hasEnded(ended)) return
  const keptUntil =
    ended?.status === 'cancelled' && ended.finishedAt !== undefined
      ? Date.parse(ended.finishedAt) + RESUMABLE_MS
      : 0
  if (clock.now().getTime() >= keptUntil) return uploads.remove(importId)
  await jobs.enqueue(runImportJob(importId, new Date(keptUntil)))
}

function hasEnded({ status }: WaitingImport): boolean {
  return ENDED.some((ended) => ended === status)
}

/** Decides whether an import that did not complete is cancelled, failed or tried again. */
async function handleFailure(
  deps: RunImportDeps,
  waiting: WaitingImport,
  attempt: number,
  fault: unknown,
  signal: AbortSignal,
): Promise<void> {
  const { queue, imports } = deps
  const { id } = waiting
  const { code, summary } = detailsOf(fault)
  if (code === 'IMPORT_CANCELLED') {
    await imports.cancel({ id }, summary)
    return disposeOfFiles(deps, id)
  }
  if (signal.aborted) {
    await queue.pause(id, { attempt, counts: false })
    throw fault
  }
  // A fault of the export itself would occur again.
  if (fault instanceof CodedError && fault.status < 500) return fail(deps, waiting, fault, summary)
  const reason = fault instanceof Error ? fault.message : String(fault)
  if (attempt >= MOST_ATTEMPTS)
    return fail(deps, waiting, ingestErrors.IMPORT_GAVE_UP({ attempts: attempt, reason }), summary)
  await queue.pause(id, { attempt, counts: true })
  throw fault
}

async function fail(
  deps: RunImportDeps,
  waiting: WaitingImport,
  { code, message, details }: CodedError,
  summary?: ImportSummary,
): Promise<void> {
  const places = reportedPlaces(pathsOf(deps, waiting))
  await deps.imports.fail({ id: waiting.id }, summary, { code, message: places.text(message), details })
  await deps.uploads.remove(waiting.id)
}

/** Handles files that are not here: lost, or on another machine, to whose processes the job is left. */
async function handleMissingFiles(deps: RunImportDeps, waiting: WaitingImport): Promise<void> {
  const { clock, jobs, uploads } = deps
  if ((await uploads.homeId()) === waiting.homeId)
    return fail(deps, waiting, ingestErrors.IMPORT_FILES_LOST())
  const now = clock.now().getTime()
  if (now - Date.parse(waiting.progressAt) > MOST_SEARCH_MS)
    return fail(deps, waiting, ingestErrors.IMPORT_FILES_ELSEWHERE())
  await jobs.enqueue(runImportJob(waiting.id, new Date(now + ASK_AGAIN_MS)))
}

/** What to read, and what the format needs to know for it. @throws CodedError CRAWL_ACCESS_REQUIRED */
async function readingOf(
  deps: RunImportDeps,
  waiting: WaitingImport,
): Promise<Pick<ImportRequest, 'paths' | 'options'>> {
  const { request, sourceId, origin } = waiting
  if (origin === 'upload') return { paths: pathsOf(deps, waiting), options: request.options }
  const access = await deps.apiAccess.find(sourceId)
  if (access === undefined) throw ingestErrors.CRAWL_ACCESS_REQUIRED({ name: request.source })
  const { user, token } = access.credentials ?? {}
  return {
    paths: [access.address],
    options: {
      ...request.options,
      ...(token !== undefined && { key: token }),
      ...(user !== undefined && { user }),
      ...(deps.privateHosts.length > 0 && { 'private-hosts': deps.privateHosts.join(',') }),
    },
  }
}

/** The paths to read: the folder of several files if the format reads folders, otherwise the files. */
function pathsOf({ uploads }: RunImportDeps, { id, files, request }: WaitingImport): string[] {
  const folder = uploads.folderOf(id)
  if (files.length > 1 && requireFormat(request.format).readsFolders) return [folder]
  return files.map(({ name }) => join(folder, name))
}

function detailsOf(fault: unknown): { readonly code?: string; readonly summary?: ImportSummary } {
  if (!(fault instanceof CodedError)) return {}
  const { summary } = fault.details as { summary?: ImportSummary }
  return { code: fault.code, summary }
}

/** How long an import waits before it checks again whether another one in the same process has ended. */
const TURN_MS = 1_000

/** Runs imports of uploads and crawls, one at a time per process, so that other jobs can run alongside. */
export function importJobs(deps: RunImportDeps): JobHandler[] {
  let isBusy = false
  return [
    {
      type: RUN_IMPORT,
      bulk: true,
      long: 'always',
      async perform({ importId }: { importId: string }, signal) {
        if (isBusy) {
          const later = new Date(deps.clock.now().getTime() + TURN_MS)
          await deps.jobs.enqueue(runImportJob(importId, later))
          return
        }
        isBusy = true
        try {
          await runImport(deps, importId, signal)
        } finally {
          isBusy = false
        }
      },
    },
  ]
}
