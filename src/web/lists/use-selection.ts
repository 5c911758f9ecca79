import { useRef, useState } from 'preact/hooks'

export interface Selection {
  readonly ids: ReadonlySet<string>
  toggle(id: string): void
  /** Everything from the row toggled last up to this one. */
  extendTo(id: string): void
  selectAll(): void
  clear(): void
}

/** Which of the listed rows are chosen; those that the filters no longer let through are not. */
export function useSelection(rows: readonly { readonly id: string }[], filters: string): Selection {
  const [chosen, choose] = useState<{ readonly filters: string; readonly ids: ReadonlySet<string> }>({
    filters,
    ids: new Set(),
  })
  const anchor = useRef<string>()
  const ids = new Set(
    chosen.filters === filters ? rows.flatMap(({ id }) => (chosen.ids.has(id) ? [id] : [])) : [],
  )
  const set = (next: Iterable<string>) => choose({ filters, ids: new Set(next) })
  return {
    ids,
    toggle: (id) => {
      anchor.current = id
      set(ids.has(id) ? [...ids].filter((each) => each !== id) : [...ids, id])
    },
    extendTo: (id) => {
      const at = (wanted: string | undefined) => rows.findIndex((row) => row.id === wanted)
      const [one, other] = [at(anchor.current), at(id)]
      if (other < 0) return
      const from = one < 0 ? other : Math.min(one, other)
      set([...ids, ...rows.slice(from, Math.max(one, other) + 1).map((row) => row.id)])
    },
    selectAll: () => set(rows.map(({ id }) => id)),
    clear: () => set([]),
  }
}
