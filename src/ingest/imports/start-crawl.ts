import type { Actor } from '../../access/actor.ts'
import { newId } from '../../platform/ids.ts'
import type { ApiAccessStore } from '../deliveries/api-access.ts'
import { ingestErrors } from '../errors.ts'
import { requireReadableSource } from '../readable-sources.ts'
import type { SourceStore } from '../source-store.ts'
import { type AcceptDeps, runImportJob } from './accept-import.ts'
import type { ImportHistory, ImportRecord } from './import-history.ts'

/** Formats that read a community's own API. */
const CRAWLED = ['discourse']

export interface CrawlDeps extends AcceptDeps {
  readonly sources: Pick<SourceStore, 'require' | 'lock'>
  readonly apiAccess: Pick<ApiAccessStore, 'find'>
  readonly history: Pick<ImportHistory, 'require'>
}

/**
 * Queues an import that reads a source through its API: what is new there since the last one, or all of it. While one
 * waits or runs, that is the answer.
 *
 * @throws CodedError SOURCE_NOT_FOUND, CRAWL_UNSUPPORTED, CRAWL_ACCESS_REQUIRED
 */
export async function startCrawl(
  deps: CrawlDeps,
  { name, since, actor }: { readonly name: string; readonly since?: string; readonly actor: Actor },
): Promise<ImportRecord> {
  const { db, clock, sources, apiAccess, queue, jobs, audit, history } = deps
  return db.transaction(async () => {
    const source = await requireReadableSource(sources, name, actor)
    if (!CRAWLED.includes(source.format))
      throw ingestErrors.CRAWL_UNSUPPORTED({ name, known: CRAWLED.join(', ') })
    if ((await apiAccess.find(source.id)) === undefined) throw ingestErrors.CRAWL_ACCESS_REQUIRED({ name })
    await sources.lock(source.id)
    const running = await queue.crawlOf(source.id)
    if (running !== undefined) return history.require(running, actor.audience)
    const id = newId('imp', clock.now())
    const options: Record<string, string> = since === undefined ? {} : { since }
    const request = { format: source.format, source: name, actor, options }
    await queue.add({ id, sourceId: source.id, request, files: [], homeId: '', origin: 'crawl' })
    await jobs.enqueue(runImportJob(id))
    await audit.record('source.crawled', actor, source.id, { after: { importId: id, since } })
    return history.require(id, actor.audience)
  })
}
