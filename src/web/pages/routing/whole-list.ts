import { call } from '../../api/client.ts'
import type { ApiPage } from '../../api/endless.ts'
import { useResource } from '../../api/resource.ts'

const PAGE = 100

/** All of a list to choose from, page after page; empty until it is there. */
export function useWholeList<T>(path: string, enabled = true): readonly T[] {
  const { data } = useResource<readonly T[]>(path, {
    // Kept apart from the pages of the same path.
    query: { all: true },
    enabled,
    staleMs: 60_000,
    async ask(signal) {
      const items: T[] = []
      let cursor: string | undefined
      do {
        const page = await call<ApiPage<T>>('GET', path, { query: { limit: PAGE, cursor }, signal })
        items.push(...page.data.items)
        cursor = page.data.next
      } while (cursor !== undefined)
      return { data: items }
    },
  })
  return data ?? []
}
