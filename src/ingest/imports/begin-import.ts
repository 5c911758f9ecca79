import { basename } from 'node:path'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Outbox } from '../../platform/jobs/events.ts'
import type { SourceChanged } from '../events.ts'
import { createSourceStore, type Source } from '../source-store.ts'
import type { ImportProgress, ImportRequest } from './import-request.ts'
import type { ImportRun, ImportStore } from './import-store.ts'

interface BeginDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly outbox: Outbox
  readonly imports: ImportStore
}

/**
 * Creates the source if it is new, applies the settings in the request and records the run. The audit record is written
 * here, so that a run that is killed has one too; its outcome is stored with the import. A resumed import already has its
 * audit record.
 */
export async function beginImport(deps: BeginDeps, request: ImportRequest): Promise<ImportRun> {
  const { db, audit, imports } = deps
  const { actor, format } = request
  const sources = createSourceStore(db, deps.clock)
  return db.transaction(async () => {
    const source = await sources.ensure({
      name: request.source,
      format,
      audience: request.audience ?? 'internal',
      labelFrom: request.labelFrom,
      redact: request.redact ?? false,
    })
    const before = settings(source)
    const after = {
      audience: request.audience ?? before.audience,
      labelFrom: request.labelFrom ?? before.labelFrom,
      redact: request.redact ?? before.redact,
    }
    if (
      before.audience !== after.audience ||
      before.labelFrom !== after.labelFrom ||
      before.redact !== after.redact
    ) {
      await sources.change(source.id, after)
      await audit.record('source.changed', actor, source.id, { before, after })
      const event: SourceChanged = { type: 'source.changed', sourceId: source.id }
      await deps.outbox.append(event)
    }
    if (request.importId !== undefined) return imports.resume(request.importId)
    const files = request.paths.map((path) => ({ name: basename(path) }))
    const run = await imports.begin(source.id, format, { actor, files })
    await audit.record('threads.imported', actor, source.id, {
      after: {
        importId: run.id,
        source: source.name,
        format,
        ...after,
        ...(request.complete === true && { complete: true }),
      },
    })
    return run
  })
}

type Setting = 'audience' | 'labelFrom' | 'redact'
type Settings = Pick<Source, Setting>

function settings({ audience, labelFrom, redact }: Settings): Settings {
  return { audience, redact, labelFrom }
}

type Counts = ImportProgress['counts']

/** What earlier attempts of the same import committed, to count all attempts together. */
export interface EarlierAttempts {
  /**
   * Turns the counts of this attempt, which reads the export from its start, into those of a single attempt: records that
   * an earlier attempt wrote are found unchanged now, but were new or changed for the import.
   */
  together(now: Counts): Counts
}

export const firstAttempt: EarlierAttempts = { together: (now) => now }

/** @param progress the last progress that the import recorded, as JSON; null before its first batch */
export function earlierAttempts(progress: string | null): EarlierAttempts {
  if (progress === null) return firstAttempt
  const { counts: before } = JSON.parse(progress) as ImportProgress
  return {
    together: (now) => ({
      threads: sum(before.threads, now.threads),
      posts: sum(before.posts, now.posts),
    }),
  }
}

/**
 * A thread whose acceptance is in a later batch than its record, with a crash between the two, was written twice but
 * counts once: once everything is read again, the sum equals what was imported.
 */
function sum(before: Counts['posts'], now: Counts['posts']): Counts['posts'] {
  const written = before.new + before.changed
  const imported = now.new + now.changed + now.unchanged
  const isNew = before.new + now.new
  const unchanged = Math.max(0, now.unchanged - written)
  const changed = before.changed + now.changed
  const once = imported < written ? changed : Math.min(changed, Math.max(0, imported - isNew - unchanged))
  // A deleted record is not found, and deleted, again.
  const countsDeletions = before.deleted !== undefined || now.deleted !== undefined
  const deleted = (before.deleted ?? 0) + (now.deleted ?? 0)
  return { ...now, new: isNew, changed: once, unchanged, ...(countsDeletions && { deleted }) }
}
