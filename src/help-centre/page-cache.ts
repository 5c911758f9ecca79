import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { createRecentValues } from '../search/engine/recent-values.ts'

/** A page as it is sent. */
export interface KeptPage {
  readonly body: Buffer
  readonly gzipped: Buffer
  readonly etag: string
}

/** Pages of one process. */
export interface PageCache {
  /**
   * The page of a key, rendered unless it is known.
   *
   * @param state what the page is made of, as a whole: with another one, all pages are forgotten
   * @param render gives undefined where there is no page, of which nothing is kept
   */
  get(state: string, key: string, render: () => Promise<string | undefined>): Promise<KeptPage | undefined>
}

/** Bytes of all pages that are kept. */
const KEPT_BYTES = 128 * 1024 * 1024

/** Keeps pages for as long as what they are made of stands still. Requests that come while a page is rendered share it. */
export function createPageCache(keptBytes = KEPT_BYTES): PageCache {
  const kept = createRecentValues<KeptPage>(keptBytes)
  const running = new Map<string, Promise<KeptPage | undefined>>()
  let current = ''

  async function renderAndKeep(state: string, key: string, render: () => Promise<string | undefined>) {
    const text = await render()
    if (text === undefined) return undefined
    const page = toPage(text)
    if (state === current) kept.set(key, page, page.body.length + page.gzipped.length + 2 * key.length)
    return page
  }

  return {
    async get(state, key, render) {
      if (state !== current) {
        kept.clear()
        running.clear()
        current = state
      }
      const known = kept.get(key)
      if (known !== undefined) return known
      const shared = running.get(key)
      if (shared !== undefined) return shared
      const rendering = renderAndKeep(state, key, render).finally(() => {
        if (running.get(key) === rendering) running.delete(key)
      })
      running.set(key, rendering)
      return rendering
    },
  }
}

/** A page with what it is sent as. A page is so small that a thread to compress it would cost more than it saves. */
export function toPage(text: string): KeptPage {
  const body = Buffer.from(text)
  // Weak, for it is the same whether the body is compressed.
  const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  return { body, gzipped: gzipSync(body, { level: 5 }), etag }
}
