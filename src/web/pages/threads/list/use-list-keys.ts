import { useLocation } from 'wouter-preact'
import { usual } from '../../../keys/catalogue.ts'
import { useCommands } from '../../../keys/commands.ts'
import { t } from '../../../messages/messages.ts'
import type { FilterState } from '../filters.ts'
import type { ListedThread } from '../thread.ts'
import { prefetchThread } from '../use-threads.ts'
import type { Selection } from './use-selection.ts'

/** The keys of the list. Where a thread is open beside it, the keys that move open the next one. */
export function useListKeys({
  rows,
  at,
  selection,
  state,
  onMove,
  onActions,
  onFilter,
  onText,
}: {
  readonly rows: readonly ListedThread[]
  /** Id of the row that has, or had, the focus. */
  readonly at: string | undefined
  readonly selection: Selection
  readonly state: FilterState
  onMove(id: string): void
  onActions(): void
  onFilter(): void
  onText(): void
}): void {
  const [, go] = useLocation()
  const { open } = state.filters
  const here = at ?? open
  const move = (by: number) => {
    const index = rows.findIndex(({ id }) => id === here)
    const next = rows[index < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, index + by))]
    if (next === undefined) return
    onMove(next.id)
    if (open !== undefined) state.change({ open: next.id })
    const after = rows[index + 2 * by]
    if (open !== undefined && after !== undefined) prefetchThread(after.id)
  }
  const onHere = (act: (id: string) => void) => () => {
    if (here !== undefined && rows.some(({ id }) => id === here)) act(here)
  }
  const toggle = (id: string) => state.change({ open: open === id ? undefined : id })
  const leave = () => {
    if (open !== undefined) {
      state.change({ open: undefined })
      onMove(open)
    } else selection.clear()
  }
  useCommands(t('threads.list'), [
    {
      ...usual('list-next'),
      isHidden: true,
      run: () => move(1),
    },
    {
      ...usual('list-previous'),
      isHidden: true,
      run: () => move(-1),
    },
    {
      ...usual('list-open'),
      isHidden: true,
      run: onHere(toggle),
    },
    {
      ...usual('list-page'),
      isHidden: true,
      run: () => {
        const id = open ?? here
        if (id !== undefined) go(`/${id}`)
      },
    },
    {
      ...usual('list-select'),
      isHidden: true,
      run: onHere(selection.toggle),
    },
    {
      ...usual('list-range'),
      isHidden: true,
      run: onHere(selection.extendTo),
    },
    { ...usual('list-filter'), run: onFilter },
    { ...usual('list-text'), run: onText },
    { ...usual('list-actions'), run: onActions },
    { ...usual('list-leave'), isHidden: true, run: leave },
  ])
}
