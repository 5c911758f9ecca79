import { usual } from '../../keys/catalogue.ts'
import { useCommands } from '../../keys/commands.ts'
import { listCommands } from '../../lists/list-commands.ts'
import type { Selection } from '../../lists/use-selection.ts'
import { t } from '../../messages/messages.ts'
import type { FilterState } from './filters.ts'
import type { InboxRow } from './inbox.ts'
import type { Act } from './inbox-panel.tsx'
import { prefetchInboxThread } from './use-inbox.ts'

/** The keys of the inbox, and of what is done with its threads. */
export function useInboxKeys({
  rows,
  at,
  selection,
  state,
  mayWork,
  onMove,
  onAct,
  onFilter,
}: {
  readonly rows: readonly InboxRow[]
  /** Id of the row that has, or had, the focus. */
  readonly at: string | undefined
  readonly selection: Selection
  readonly state: FilterState
  readonly mayWork: boolean
  onMove(id: string): void
  onAct(act: Act): void
  onFilter(): void
}): void {
  const list = listCommands({
    rows,
    at,
    open: state.filters.open,
    selection,
    onOpen: (id) => state.change({ open: id }),
    onMove,
    onFilter,
    onText: () => undefined,
    prefetch: prefetchInboxThread,
  })
  useCommands(
    t('inbox.list'),
    // Its threads are few enough not to be searched.
    list.filter(({ id }) => id !== 'list-text'),
  )
  useCommands(
    t('inbox.work'),
    [
      { ...usual('inbox-take'), run: () => onAct('take') },
      { ...usual('inbox-release'), run: () => onAct('release') },
      { ...usual('inbox-assign'), run: () => onAct('assign') },
      { ...usual('inbox-transfer'), run: () => onAct('transfer') },
      { ...usual('inbox-escalate'), run: () => onAct('escalate') },
      { ...usual('inbox-merge'), run: () => onAct('merge') },
    ],
    mayWork && rows.length > 0,
  )
}
