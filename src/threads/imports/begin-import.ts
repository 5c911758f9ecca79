import { basename } from 'node:path'
import type { AuditLog } from '../../access/index.ts'
import type { Clock, Database, Outbox } from '../../platform/index.ts'
import type { SourceChanged } from '../events.ts'
import { createSourceStore, type Source } from '../source-store.ts'
import type { ImportRequest } from './import-request.ts'
import type { ImportRun, ImportStore } from './import-store.ts'

interface BeginDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly outbox: Outbox
  readonly imports: ImportStore
}

/**
 * Makes the source when it is new, changes what the request says of it, and notes the run. The audit record of the
 * run is written here, so that one that is killed has it too; what came of the run stands with the import. One that
 * goes on with an import has its record already.
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
      ...(request.labelFrom !== undefined && { labelFrom: request.labelFrom }),
      redact: request.redact ?? false,
    })
    const before = settings(source)
    const after = settings({ ...source, ...definedOf(request) })
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
    if (request.importId !== undefined) return imports.goOn(request.importId)
    const files = request.paths.map((path) => ({ name: basename(path) }))
    const run = await imports.begin(source.id, format, { actor, files })
    await audit.record('threads.imported', actor, source.id, {
      after: {
        ...{ importId: run.id, source: source.name, format, ...after },
        ...(request.complete === true && { complete: true }),
      },
    })
    return run
  })
}

type Setting = 'audience' | 'labelFrom' | 'redact'
type Settings = Pick<Source, Setting>

function settings({ audience, labelFrom, redact }: Settings): Settings {
  return { audience, redact, ...(labelFrom !== undefined && { labelFrom }) }
}

function definedOf({ audience, labelFrom, redact }: ImportRequest): Partial<Settings> {
  return {
    ...(audience !== undefined && { audience }),
    ...(labelFrom !== undefined && { labelFrom }),
    ...(redact !== undefined && { redact }),
  }
}
