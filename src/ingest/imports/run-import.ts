import { join } from 'node:path'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { CodedError } from '../../platform/errors.ts'
import type { JobHandler } from '../../platform/jobs/job-runner.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import { requireFormat } from '../../sources/registry.ts'
import { threadErrors } from '../errors.ts'
import { RUN_IMPORT, runImportJob } from './accept-import.ts'
import { type ImportWorkerDeps, importInWorker } from './import-in-worker.ts'
import { ENDED, type ImportQueue, type WaitingImport } from './import-queue.ts'
import type { ImportSummary } from './import-request.ts'
import type { ImportStore } from './import-store.ts'
import { reportedPlaces } from './reported-places.ts'
import type { UploadFolder } from './upload-folder.ts'

export interface RunImportDeps extends ImportWorkerDeps {
  readonly db: Database
  readonly clock: Clock
  readonly jobs: JobStore
  readonly queue: ImportQueue
  readonly imports: ImportStore
  readonly uploads: UploadFolder
}

/** Runs that may end without a word (the process killed) before an import is given up; jobs give up at eight. */
const MOST_ATTEMPTS = 6
/** How long until another worker is asked whether the files are on its machine. */
const ASK_AGAIN_MS = 3_000
/** After a day without a worker that has them, the machine with the files is not coming back by itself. */
const MOST_SEARCH_MS = 24 * 3_600_000

/**
 * Runs an import of uploaded files, or goes on with one that a process left when it died: it reads the export from
 * its start, and what is there already is not written again. The files go when the import has ended, and stay while
 * it may be resumed.
 *
 * @throws unknown what may pass by itself, for the job to be tried again
 */
export async function runImport(deps: RunImportDeps, importId: string, signal: AbortSignal): Promise<void> {
  const { db, queue, uploads } = deps
  const waiting = await queue.find(importId)
  if (waiting === undefined || ENDED.some((status) => status === waiting.status))
    return uploads.remove(importId)
  if (!(await uploads.has(importId))) return missFiles(deps, waiting)
  if (waiting.attempts >= MOST_ATTEMPTS) {
    const { attempts } = waiting
    return fail(
      deps,
      waiting,
      threadErrors.IMPORT_GAVE_UP({ attempts, reason: 'the process ended unexpectedly' }),
    )
  }
  const attempt = await db.transaction(async () => {
    const begun = await queue.start(importId)
    if (begun !== undefined) return begun
    const now = await queue.find(importId)
    const hasEnded = ENDED.some((status) => status === now?.status)
    if (now?.isCancelled && !hasEnded) await deps.imports.cancel({ id: importId }, undefined)
    return undefined
  })
  if (attempt === undefined) return uploads.remove(importId)
  try {
    await importInWorker(deps, { ...waiting.request, importId, paths: pathsOf(deps, waiting), signal })
    await uploads.remove(importId)
  } catch (fault) {
    await settle(deps, waiting, attempt, fault, signal)
  }
}

/** What is to become of an import that did not complete. */
async function settle(
  deps: RunImportDeps,
  waiting: WaitingImport,
  attempt: number,
  fault: unknown,
  signal: AbortSignal,
): Promise<void> {
  const { queue, imports, uploads } = deps
  const { id } = waiting
  const { code, summary } = told(fault)
  if (code === 'IMPORT_CANCELLED') {
    await imports.cancel({ id }, summary)
    return uploads.remove(id)
  }
  if (signal.aborted) {
    await queue.pause(id, { attempt, counts: false })
    throw fault
  }
  // What the export itself is to blame for is no better the next time.
  if (fault instanceof CodedError && fault.status < 500) return fail(deps, waiting, fault, summary)
  const reason = fault instanceof Error ? fault.message : String(fault)
  if (attempt >= MOST_ATTEMPTS)
    return fail(deps, waiting, threadErrors.IMPORT_GAVE_UP({ attempts: attempt, reason }), summary)
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

/** The files are not here: lost, or on the disk of another machine, whose worker the job is left to. */
async function missFiles(deps: RunImportDeps, waiting: WaitingImport): Promise<void> {
  const { clock, jobs, uploads } = deps
  if ((await uploads.homeId()) === waiting.homeId)
    return fail(deps, waiting, threadErrors.IMPORT_FILES_LOST())
  const now = clock.now().getTime()
  if (now - Date.parse(waiting.progressAt) > MOST_SEARCH_MS)
    return fail(deps, waiting, threadErrors.IMPORT_FILES_ELSEWHERE())
  await jobs.enqueue(runImportJob(waiting.id, new Date(now + ASK_AGAIN_MS)))
}

/** One file by itself; of several, their folder where the format reads folders. */
function pathsOf({ uploads }: RunImportDeps, { id, files, request }: WaitingImport): string[] {
  const folder = uploads.folderOf(id)
  if (files.length > 1 && requireFormat(request.format).readsFolders) return [folder]
  return files.map(({ name }) => join(folder, name))
}

function told(fault: unknown): { readonly code?: string; readonly summary?: ImportSummary } {
  if (!(fault instanceof CodedError)) return {}
  const { summary } = fault.details as { summary?: ImportSummary }
  return { code: fault.code, summary }
}

/** How long an import waits for another one of the same process to end before it asks again. */
const TURN_MS = 1_000

/** Runs imports of uploads; one at a time in each process, so that the other jobs go on beside it. */
export function threadJobs(deps: RunImportDeps): JobHandler[] {
  let isBusy = false
  return [
    {
      type: RUN_IMPORT,
      async perform(payload, signal) {
        const { importId } = payload as { importId: string }
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
