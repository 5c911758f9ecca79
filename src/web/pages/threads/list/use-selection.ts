import { useRef, useState } from 'preact/hooks'
import type { ListedThread } from '../thread.ts'

export interface Selection {
  readonly ids: ReadonlySet<string>
  toggle(id: string): void
  /** Everything from the thread toggled last up to this one. */
  extendTo(id: string): void
  selectAll(): void
  clear(): void
}

/** Which of the listed threads are chosen; those that the filters no longer let through are not. */
export function useSelection(threads: readonly ListedThread[], filters: string): Selection {
  const [chosen, choose] = useState<{ readonly filters: string; readonly ids: ReadonlySet<string> }>({
    filters,
    ids: new Set(),
  })
  const anchor = useRef<string>()
  const ids = new Set(
    chosen.filters === filters ? threads.flatMap(({ id }) => (chosen.ids.has(id) ? [id] : [])) : [],
  )
  const set = (next: Iterable<string>) => choose({ filters, ids: new Set(next) })
  return {
    ids,
    toggle: (id) => {
      anchor.current = id
      set(ids.has(id) ? [...ids].filter((each) => each !== id) : [...ids, id])
    },
    extendTo: (id) => {
      const at = (wanted: string | undefined) => threads.findIndex((thread) => thread.id === wanted)
      const [one, other] = [at(anchor.current), at(id)]
      if (other < 0) return
      const from = one < 0 ? other : Math.min(one, other)
      set([...ids, ...threads.slice(from, Math.max(one, other) + 1).map((thread) => thread.id)])
    },
    selectAll: () => set(threads.map(({ id }) => id)),
    clear: () => set([]),
  }
}
