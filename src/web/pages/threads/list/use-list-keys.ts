import { useLocation } from 'wouter-preact'
import { usual } from '../../../keys/catalogue.ts'
import { useCommands } from '../../../keys/commands.ts'
import { listCommands } from '../../../lists/list-commands.ts'
import type { Selection } from '../../../lists/use-selection.ts'
import { t } from '../../../messages/messages.ts'
import type { FilterState } from '../filters.ts'
import type { ListedThread } from '../thread.ts'
import { prefetchThread } from '../use-threads.ts'

/** The keys of the list of threads. */
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
  useCommands(t('threads.list'), [
    ...listCommands({
      rows,
      at,
      open,
      selection,
      onOpen: (id) => state.change({ open: id }),
      onMove,
      onFilter,
      onText,
      prefetch: prefetchThread,
    }),
    {
      ...usual('list-page'),
      isHidden: true,
      run: () => {
        const id = open ?? at
        if (id !== undefined) go(`/${id}`)
      },
    },
    { ...usual('list-actions'), run: onActions },
  ])
}
