import { usual } from '../keys/catalogue.ts'
import type { Command } from '../keys/commands.ts'
import type { Selection } from './use-selection.ts'

/** A list of which one row may be open beside it, as the keys see it. */
export interface KeyedList {
  readonly rows: readonly { readonly id: string }[]
  /** Id of the row that has, or had, the focus. */
  readonly at: string | undefined
  /** Id of the row that is open. */
  readonly open: string | undefined
  readonly selection: Selection
  onOpen(id: string | undefined): void
  onMove(id: string): void
  onFilter(): void
  onText(): void
  /** Makes ready what the next move opens. */
  prefetch(id: string): void
}

/** The commands of every long list. Where a row is open beside it, the keys that move open the next one. */
export function listCommands(list: KeyedList): readonly Command[] {
  const { rows, at, open, selection, onOpen, onMove } = list
  const here = at ?? open
  const move = (by: number) => {
    const index = rows.findIndex(({ id }) => id === here)
    const next = rows[index < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, index + by))]
    if (next === undefined) return
    onMove(next.id)
    if (open !== undefined) onOpen(next.id)
    const after = rows[index + 2 * by]
    if (open !== undefined && after !== undefined) list.prefetch(after.id)
  }
  const onHere = (act: (id: string) => void) => () => {
    if (here !== undefined && rows.some(({ id }) => id === here)) act(here)
  }
  const leave = () => {
    if (open !== undefined) {
      onOpen(undefined)
      onMove(open)
    } else selection.clear()
  }
  return [
    { ...usual('list-next'), isHidden: true, run: () => move(1) },
    { ...usual('list-previous'), isHidden: true, run: () => move(-1) },
    {
      ...usual('list-open'),
      isHidden: true,
      run: onHere((id) => onOpen(open === id ? undefined : id)),
    },
    { ...usual('list-select'), isHidden: true, run: onHere(selection.toggle) },
    { ...usual('list-range'), isHidden: true, run: onHere(selection.extendTo) },
    { ...usual('list-filter'), run: list.onFilter },
    { ...usual('list-text'), run: list.onText },
    { ...usual('list-leave'), isHidden: true, run: leave },
  ]
}
