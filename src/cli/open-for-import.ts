import { createAccess } from '../access/create-access.ts'
import { createIngest } from '../ingest/create-ingest.ts'
import { createLabels } from '../labels/create-labels.ts'
import { migrations } from '../migrations.ts'
import { systemClock as clock } from '../platform/clock.ts'
import { readConfig } from '../platform/config/config.ts'
import { closePlatform, openPlatform } from '../platform/platform.ts'
import { createThreads } from '../threads/create-threads.ts'

/** An import reports by its summary; nothing of it is logged. */
const silent = { error() {}, warn() {}, info() {} }

/** The modules that an import needs: all of them would take more memory than the import itself. */
export async function openForImport() {
  const platform = await openPlatform(readConfig(), { clock, log: silent, migrations })
  const access = createAccess(platform)
  const ingest = createIngest(platform, access)
  const threads = createThreads(platform, { access, ingest })
  const labels = createLabels(platform, { access, ingest, threads })
  return {
    ingest,
    labels,
    async close() {
      await ingest.close().finally(() => closePlatform(platform))
    },
  }
}
