import { usual } from '../../../keys/catalogue.ts'
import { useCommands } from '../../../keys/commands.ts'
import { listCommands } from '../../../lists/list-commands.ts'
import type { Selection } from '../../../lists/use-selection.ts'
import { t } from '../../../messages/messages.ts'
import type { FilterState } from './filters.ts'
import type { Review } from './review.ts'

export type Act = 'right' | 'archive' | 'put-off' | 'edit'

/** The keys of the list of reviews, and of what can be done about them. */
export function useReviewKeys({
  rows,
  at,
  selection,
  state,
  onMove,
  onAct,
  onFilter,
}: {
  readonly rows: readonly Review[]
  /** Id of the row that has, or had, the focus. */
  readonly at: string | undefined
  readonly selection: Selection
  readonly state: FilterState
  onMove(id: string): void
  onAct(act: Act): void
  onFilter(): void
}): void {
  useCommands(
    t('reviews.list'),
    listCommands({
      rows,
      at,
      open: state.filters.open,
      selection,
      onOpen: (id) => state.change({ open: id }),
      onMove,
      onFilter,
      onText: onFilter,
      prefetch: () => undefined,
    }),
  )
  useCommands(
    t('reviews.decisions'),
    [
      { ...usual('due-right'), run: () => onAct('right') },
      { ...usual('due-edit'), run: () => onAct('edit') },
      { ...usual('due-archive'), run: () => onAct('archive') },
      { ...usual('due-put-off'), run: () => onAct('put-off') },
    ],
    rows.length > 0,
  )
}
