import type { App } from '../app.ts'
import { type Config, readConfig } from '../platform/config/config.ts'
import type { Page } from '../platform/page.ts'

/** Options every command has. */
export interface CommonOptions {
  readonly json?: boolean
}

/**
 * Opens the app for one command and closes it afterwards, whatever happened. The composition root is loaded only
 * here, so that `--help` answers without it.
 */
export async function withApp<T>(
  work: (app: App, config: Config) => Promise<T>,
  logLevel?: Config['logLevel'],
  { demo = false }: { readonly demo?: boolean } = {},
): Promise<T> {
  const read = readConfig()
  const config = { ...read, demo, logLevel: logLevel ?? read.logLevel }
  const { createApp } = await import('../app.ts')
  const app = await createApp(config)
  try {
    return await work(app, config)
  } finally {
    await app.close()
  }
}

/** All of a list that comes in pages: a command line has room for it. */
export async function everyPage<T>(
  fetch: (page: { cursor?: string; limit: number }) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await fetch({ limit: 100, cursor })
    items.push(...page.items)
    if (page.next === undefined) return items
    cursor = page.next
  }
}
