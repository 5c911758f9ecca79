import type { Page } from '../platform/index.ts'

/** All of a list that comes in pages: a command line has room for it. */
export async function everyPage<T>(
  fetch: (page: { cursor?: string; limit: number }) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await fetch({ limit: 100, ...(cursor !== undefined && { cursor }) })
    items.push(...page.items)
    if (page.next === undefined) return items
    cursor = page.next
  }
}
