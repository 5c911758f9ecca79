import type { Access } from '../access/create-access.ts'
import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import { createApiAccessStore, setApiAccess } from './deliveries/api-access.ts'
import { createDeliveryStore, type DeliveryStore } from './deliveries/delivery-store.ts'
import { retryDelivery } from './deliveries/failed-deliveries.ts'
import { deliveryJobs } from './deliveries/jobs.ts'
import { revokeSecret, rotateSecret } from './deliveries/rotate-secret.ts'
import { createSecretStore } from './deliveries/secret-store.ts'
import { cancelImport } from './imports/accept-import.ts'
import { createImportHistory, type ImportHistory } from './imports/import-history.ts'
import { importInWorker } from './imports/import-in-worker.ts'
import { createImportQueue } from './imports/import-queue.ts'
import { createImportStore } from './imports/import-store.ts'
import { importThreads } from './imports/import-threads.ts'
import { importJobs } from './imports/run-import.ts'
import { createUploadFolder } from './imports/upload-folder.ts'
import { applyRecords } from './rows/apply-records.ts'
import { createTextWorker } from './rows/text-work.ts'
import { createSourceStore } from './source-store.ts'

export type Ingest = ReturnType<typeof createIngest>

/** How threads come in: sources, imports of exports, and webhooks. */
export function createIngest(platform: Platform, { audit }: Pick<Access, 'audit'>) {
  const { config, db, clock, outbox, jobs, wakeups, log, outbound } = platform
  const { identifiers, privateHosts, webhookRateLimit } = config
  const common = { db, clock, outbox, jobs, audit, log, identifiers }
  const sources = createSourceStore(db, clock)
  const history: Pick<ImportHistory, 'list' | 'find' | 'require' | 'rejections' | 'inProgress'> =
    createImportHistory(db, clock)
  const apiAccess = createApiAccessStore(db, clock)
  const texts = createTextWorker()
  const imports = {
    ...common,
    history: createImportHistory(db, clock),
    queue: createImportQueue(db, clock),
    imports: createImportStore(db, clock),
    uploads: createUploadFolder(config.home),
    uploadLimit: config.uploadLimit,
    address: config,
    wake: wakeups.wake,
    sources,
    apiAccess,
    privateHosts,
  }
  const received = createDeliveryStore(db, clock)
  const deliveries = {
    ...common,
    sources,
    outbound,
    texts,
    privateHosts,
    webhookRateLimit,
    secrets: createSecretStore(db, clock),
    apiAccess,
    deliveries: received,
  }
  return {
    sources,
    history,
    received: received as Pick<DeliveryStore, 'list'>,
    ...bindUseCases(imports, { importThreads, importInWorker, cancelImport }),
    ...bindUseCases(deliveries, { rotateSecret, revokeSecret, setApiAccess, retryDelivery, applyRecords }),
    jobs: [...deliveryJobs(deliveries), ...importJobs(imports)],
    async routes() {
      const [{ sourceRoutes }, { receiveRoutes }, { importRoutes }] = await Promise.all([
        import('./deliveries/routes.ts'),
        import('./deliveries/receive-routes.ts'),
        import('./imports/routes.ts'),
      ])
      return [sourceRoutes(deliveries), receiveRoutes(deliveries), importRoutes(imports)]
    },
    close: () => texts.close(),
  } satisfies Module & Record<string, unknown>
}
