import { useState } from 'preact/hooks'
import { useSearch } from 'wouter-preact'
import { useListPlace } from './list-place.ts'
import { type Selection, useSelection } from './use-selection.ts'

interface Row {
  readonly id: string
}

/** A list of things to decide on, one after the other or many at once. */
interface WorkList<R extends Row> {
  /** The row that has, or had, the focus. */
  readonly at: { readonly id: string; readonly takesFocus: boolean } | undefined
  readonly selection: Selection
  /** What a decision is about: the chosen rows, else the open one, else the one with the focus. */
  readonly targets: readonly R[]
  /** Gives a row the focus. */
  move(id: string): void
  /** Notes that a row got the focus by itself. */
  noteFocus(id: string): void
  /** The decided rows are about to leave: nothing is chosen, and the next row takes their place at once. */
  leaveTargets(): void
  /** Closes what is open beside the list, and gives its row the focus. */
  close(): void
}

/**
 * Where a person is in a list, and what they chose there.
 *
 * @param name under which the place in the list is kept
 * @param open id of what is open beside the list
 * @param filters what the list shows, as one text: what was chosen under others is not chosen
 */
export function useWorkList<R extends Row>(
  rows: readonly R[],
  {
    name,
    open,
    filters,
    onOpen,
  }: {
    readonly name: string
    readonly open: string | undefined
    readonly filters: string
    onOpen(id: string | undefined): void
  },
): WorkList<R> {
  const search = useSearch()
  const selection = useSelection(rows, filters)
  const [at, setAt] = useState<WorkList<R>['at']>()
  const move = (id: string) => setAt({ id, takesFocus: true })
  useListPlace(name, search, at?.id, rows.length > 0, move)
  const acting = open ?? at?.id
  const targets =
    selection.ids.size > 0
      ? rows.filter(({ id }) => selection.ids.has(id))
      : rows.filter(({ id }) => id === acting)
  return {
    at,
    selection,
    targets,
    move,
    noteFocus: (id) => setAt((before) => (before?.id === id ? before : { id, takesFocus: false })),
    leaveTargets() {
      const left = new Set(targets.map(({ id }) => id))
      const place = rows.findIndex(({ id }) => left.has(id))
      const next =
        rows.slice(place).find(({ id }) => !left.has(id)) ?? rows.findLast(({ id }) => !left.has(id))
      selection.clear()
      if (open !== undefined && left.has(open)) onOpen(next?.id)
      if (next !== undefined) move(next.id)
    },
    close() {
      onOpen(undefined)
      if (open !== undefined) move(open)
    },
  }
}
