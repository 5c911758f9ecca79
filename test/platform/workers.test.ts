import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { createIdleWorker } from '../../src/platform/workers.ts'

it.runIf(process.platform === 'linux')(
  'a background thread gives way to the thread that answers',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'entraide-test-'))
    const file = join(folder, 'priority.mjs')
    writeFileSync(file, "import { getPriority } from 'node:os'\nexport default () => getPriority()\n")
    const memory = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 64 }
    const worker = createIdleWorker<null, number>(pathToFileURL(file).href, { idleMs: 1000, memory })
    try {
      const before = getPriority()
      expect(await worker.run(null)).toBeGreaterThan(before)
      expect(getPriority()).toBe(before)
    } finally {
      await worker.close()
      rmSync(folder, { recursive: true })
    }
  },
)
