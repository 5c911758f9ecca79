import { useRef, useState } from 'preact/hooks'
import { call } from '../../api/client.ts'
import { refresh, useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { useWorkList } from '../../lists/use-work-list.ts'
import { number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { hasRole, me } from '../../sign-in/session.ts'
import { ChangeList } from '../threads/change-list.tsx'
import { MergeDialog } from '../threads/merge-dialog.tsx'
import { nameOf, pathOf } from '../threads/thread.ts'
import { useThread } from '../threads/use-threads.ts'
import { AssignDialog, EscalateDialog, TransferDialog } from './dialogs.tsx'
import { FilterRail } from './filter-rail.tsx'
import { type FilterState, useFilters } from './filters.ts'
import { type InboxRow, inboxPath } from './inbox.ts'
import { type Act, InboxPanel } from './inbox-panel.tsx'
import { InboxTable } from './inbox-table.tsx'
import { useCounts, useInbox, useNow } from './use-inbox.ts'
import { useInboxKeys } from './use-inbox-keys.ts'
import { mergeInto, type Work, work } from './work.ts'

type Opened = 'assign' | 'transfer' | 'escalate' | 'merge'

/** The threads that wait for colleagues, by their clocks, with the open one beside the list. */
export function InboxPage() {
  const state = useFilters()
  const { filters } = state
  const inbox = useInbox(state)
  const counts = useCounts().data
  const now = useNow()
  const rows = inbox.data ?? []
  const { at, selection, targets, ...list } = useWorkList(rows, {
    name: 'inbox',
    open: filters.open,
    filters: state.addressWith({ open: undefined }),
    onOpen: (id) => state.change({ open: id }),
  })
  const [opened, open] = useState<Opened>()
  const [areFiltersOpen, openFilters] = useState(false)
  const rail = useRef<HTMLDivElement>(null)
  const [only] = targets
  const about =
    only !== undefined && targets.length === 1
      ? nameOf(only)
      : t('inbox.chosen', { count: targets.length, shown: number(targets.length) })
  const mayWork = hasRole('agent', 'knowledge-manager')
  const close = () => open(undefined)
  const run = (wanted: Work) => void work(targets, wanted)
  const act = (wanted: Act) => {
    if (targets.length === 0 || !mayWork) return
    if (wanted === 'take') run({ act: 'take', takeOver: isOthers(targets) })
    else if (wanted === 'release') run({ act: 'release' })
    else if (wanted === 'calm') run({ act: 'calm' })
    else if (wanted !== 'merge' || targets.length === 1) open(wanted)
  }
  useInboxKeys({
    rows,
    at: at?.id,
    selection,
    state,
    mayWork,
    onMove: list.move,
    onAct: act,
    onFilter: () => {
      openFilters(true)
      // Where the filters are behind a button, they are there in the next frame.
      requestAnimationFrame(() => rail.current?.querySelector('button')?.focus())
    },
  })
  const queues = new Set(targets.map(({ queue }) => queue))
  return (
    <Page title={t('inbox.title')}>
      <div class="threads-top inbox-top">
        <p class="muted" aria-live="polite">
          {counts === undefined
            ? ''
            : t('inbox.total', {
                count: counts.open,
                shown: number(counts.open),
                overdue: counts.overdue,
                shownOverdue: number(counts.overdue),
                waiting: counts.waiting,
                shownWaiting: number(counts.waiting),
              })}
        </p>
        <Marks />
        <div class="threads-filters-toggle">
          <Button isExpanded={areFiltersOpen} keys="f" onClick={() => openFilters(!areFiltersOpen)}>
            {t('threads.filters')}
          </Button>
        </div>
      </div>
      <ChangeList />
      <div
        class="threads"
        data-beside={filters.open !== undefined || undefined}
        data-filters={areFiltersOpen || undefined}
      >
        <FilterRail state={state} counts={counts} first={rail} />
        <div class="threads-list">
          <Loaded resource={inbox}>
            {() =>
              rows.length === 0 && !inbox.isProvisional ? (
                <Nothing state={state} />
              ) : (
                <InboxTable
                  inbox={inbox}
                  state={state}
                  selection={selection}
                  at={at}
                  now={now}
                  onFocus={list.noteFocus}
                />
              )
            }
          </Loaded>
        </div>
        {filters.open !== undefined && (
          <InboxPanel key={filters.open} id={filters.open} now={now} onAct={act} onClose={list.close} />
        )}
      </div>
      {opened === 'assign' && <AssignDialog about={about} targets={targets} onWork={run} onClose={close} />}
      {opened === 'transfer' && (
        <TransferDialog
          about={about}
          from={queues.size === 1 ? only?.queue : undefined}
          queues={counts?.queues ?? []}
          onWork={run}
          onClose={close}
        />
      )}
      {opened === 'escalate' && <EscalateDialog about={about} onWork={run} onClose={close} />}
      {opened === 'merge' && only !== undefined && <Duplicate id={only.id} onClose={close} />}
    </Page>
  )
}

/** Whether a colleague has one of these, or writes an answer to it. */
function isOthers(targets: readonly Pick<InboxRow, 'assignee' | 'writing'>[]): boolean {
  const own = me.value?.id
  return targets.some(({ assignee, writing }) =>
    [assignee, writing].some((each) => each !== undefined && each.id !== own),
  )
}

/** Merges a thread into another that asks the same. */
function Duplicate({ id, onClose }: { readonly id: string; onClose(): void }) {
  const thread = useThread(id)
  const [into, choose] = useState<string>()
  if (thread.data === undefined) return null
  return (
    <MergeDialog
      thread={thread.data}
      into={into}
      merge={async (target) => {
        await mergeInto(id, target)
        refresh('/inbox')
      }}
      unmerge={async () => {
        await call('DELETE', `${pathOf(id)}/merge`)
        refresh(inboxPath(id), '/inbox')
      }}
      onChoose={choose}
      onClose={onClose}
    />
  )
}

/** What askers said of one's own answers. */
function Marks() {
  const marks = useResource<Get<'/api/inbox/marks'>>('/inbox/marks', { staleMs: 60_000 })
  const own = marks.data?.items.find(({ id }) => id === me.value?.id)
  if (own === undefined) return null
  return (
    <p class="small muted">
      {t('inbox.marks', {
        answers: own.answers,
        shown: number(own.answers),
        useful: number(own.useful),
        not: number(own.notUseful),
      })}
    </p>
  )
}

/** Why there is nothing, and what fills it. */
function Nothing({ state }: { readonly state: FilterState }) {
  if (state.isNarrowed)
    return (
      <Empty title={t('inbox.nothingFits')}>
        <p>{t('inbox.nothingFitsHint')}</p>
        <Button onClick={state.clear}>{t('threads.clear')}</Button>
      </Empty>
    )
  return (
    <Empty title={t('inbox.none')}>
      <p>{t('inbox.noneHint')}</p>
      <ButtonLink href="~/app/routing">{t('inbox.toRouting')}</ButtonLink>
    </Empty>
  )
}
