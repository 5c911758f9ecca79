import { usual } from '../../keys/catalogue.ts'
import { useCommands } from '../../keys/commands.ts'
import { listCommands } from '../../lists/list-commands.ts'
import type { Selection } from '../../lists/use-selection.ts'
import { t } from '../../messages/messages.ts'
import { hasRole } from '../../sign-in/session.ts'
import type { ListedCandidate } from './candidate.ts'
import type { FilterState } from './filters.ts'
import { prefetchCandidate } from './use-candidates.ts'

export type Act = 'promote' | 'decline' | 'merge' | 'link'

/** The keys of the list of candidates, and of the decisions on them. */
export function useCandidateKeys({
  rows,
  at,
  selection,
  state,
  onMove,
  onAct,
  onFilter,
  onText,
}: {
  readonly rows: readonly ListedCandidate[]
  /** Id of the row that has, or had, the focus. */
  readonly at: string | undefined
  readonly selection: Selection
  readonly state: FilterState
  onMove(id: string): void
  onAct(act: Act): void
  onFilter(): void
  onText(): void
}): void {
  useCommands(
    t('candidates.list'),
    listCommands({
      rows,
      at,
      open: state.filters.open,
      selection,
      onOpen: (id) => state.change({ open: id }),
      onMove,
      onFilter,
      onText,
      prefetch: prefetchCandidate,
    }),
  )
  useCommands(
    t('candidates.decisions'),
    [
      { ...usual('candidate-promote'), run: () => onAct('promote') },
      { ...usual('candidate-decline'), run: () => onAct('decline') },
      { ...usual('candidate-link'), run: () => onAct('link') },
      { ...usual('candidate-merge'), run: () => onAct('merge') },
    ],
    hasRole('knowledge-manager') && rows.length > 0,
  )
}
