import { useRef, useState } from 'preact/hooks'
import { useWorkList } from '../../../lists/use-work-list.ts'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { SelectField, TextField } from '../../../parts/field.tsx'
import { Page } from '../../../parts/page.tsx'
import { Empty, Loaded } from '../../../parts/states.tsx'
import { hasRole, mayWriteArticles } from '../../../sign-in/session.ts'
import { ActionPicker } from '../action-picker.tsx'
import { HeldLink } from '../answering/held-page.tsx'
import { ChangeList } from '../change-list.tsx'
import { type FilterState, searchOf, useFilters } from '../filters.ts'
import { useLabelActions } from '../label-actions.ts'
import { type Counts, nameOf, SORTS } from '../thread.ts'
import { useCounts, useThreads } from '../use-threads.ts'
import { BulkBar, usePromotions } from './bulk-bar.tsx'
import { FilterRail } from './filter-rail.tsx'
import { SavedViews } from './saved-views.tsx'
import { ThreadPanel } from './thread-panel.tsx'
import { ThreadTable } from './thread-table.tsx'
import { useListKeys } from './use-list-keys.ts'

/** The threads by filters that stand in the address, with the open one beside them. */
export function ThreadsPage() {
  const state = useFilters()
  const { filters, facet } = state
  const threads = useThreads(state)
  const counts = useCounts(state).data
  const rows = threads.data ?? []
  const { at, selection, targets, ...list } = useWorkList(rows, {
    name: 'threads',
    open: filters.open,
    filters: searchOf({ ...filters, open: undefined }),
    onOpen: (id) => state.change({ open: id }),
  })
  const [isPicking, pick] = useState(false)
  const [areFiltersOpen, openFilters] = useState(false)
  const promotions = usePromotions()
  const rail = useRef<HTMLDivElement>(null)
  const words = useRef<HTMLDivElement>(null)
  const labels = useLabelActions(targets, facet, (other) => {
    state.change({ facet: other === 'category' ? undefined : other })
    pick(true)
  })
  const promote = () => promotions.run(targets)
  useListKeys({
    rows,
    at: at?.id,
    selection,
    state,
    onMove: list.move,
    onActions: () => pick(true),
    onFilter: () => {
      openFilters(true)
      // Where the filters are behind a button, they are there in the next frame.
      requestAnimationFrame(() => rail.current?.querySelector('select')?.focus())
    },
    onText: () => words.current?.querySelector('input')?.focus(),
  })
  return (
    <Page
      title={t('threads.title')}
      actions={
        <>
          <HeldLink />
          <SavedViews filters={filters} />
        </>
      }
    >
      <div class="threads-top" ref={words}>
        <TextField
          label={t('threads.text')}
          type="search"
          value={filters.text ?? ''}
          maxLength={500}
          onInput={(text) => state.change({ text })}
        />
        <SelectField
          label={t('threads.sort')}
          value={filters.sort ?? 'newest'}
          choices={SORTS.map((each) => ({ value: each, label: t(`threads.sort-${each}`) }))}
          onChoose={(sort) => state.change({ sort: sort === 'newest' ? undefined : sort })}
        />
        <div class="threads-filters-toggle">
          <Button isExpanded={areFiltersOpen} keys="f" onClick={() => openFilters(!areFiltersOpen)}>
            {t('threads.filters')}
          </Button>
        </div>
        <Total counts={counts} state={state} />
      </div>
      <ChangeList />
      <div
        class="threads"
        data-beside={filters.open !== undefined || undefined}
        data-filters={areFiltersOpen || undefined}
      >
        <FilterRail state={state} counts={counts} first={rail} firstListed={rows[0]?.id} />
        <div class="threads-list">
          <Loaded resource={threads}>
            {() =>
              rows.length === 0 && !threads.isProvisional ? (
                <Nothing state={state} />
              ) : (
                <ThreadTable
                  threads={threads}
                  total={counts === undefined || counts.atLeast ? undefined : counts.total}
                  state={state}
                  selection={selection}
                  at={at}
                  onFocus={list.noteFocus}
                />
              )
            }
          </Loaded>
          <BulkBar
            count={targets.length > 0 ? selection.ids.size : 0}
            promotions={promotions}
            onLabel={() => pick(true)}
            onPromote={promote}
            onClear={selection.clear}
          />
        </div>
        {filters.open !== undefined && <ThreadPanel id={filters.open} state={state} onClose={list.close} />}
      </div>
      {isPicking && (
        <ActionPicker
          about={
            selection.ids.size > 0
              ? t('threads.actionsOnChosen', { count: targets.length, shown: number(targets.length) })
              : targets[0] === undefined
                ? t('threads.actions')
                : t('threads.actionsOn', { title: nameOf(targets[0]) })
          }
          actions={[
            ...labels.actions,
            ...(mayWriteArticles() && targets.length > 0
              ? [{ id: 'promote', label: t('threads.promote'), run: promote }]
              : []),
            {
              id: 'all',
              label: t('threads.chooseAll', { shown: number(rows.length) }),
              run: selection.selectAll,
            },
            ...(state.isNarrowed ? [{ id: 'clear', label: t('threads.clear'), run: state.clear }] : []),
          ]}
          isLoading={labels.isLoading}
          onClose={() => pick(false)}
        />
      )}
    </Page>
  )
}

function Total({ counts, state }: { readonly counts: Counts | undefined; readonly state: FilterState }) {
  return (
    <div class="threads-total row">
      <p class="muted" aria-live="polite">
        {counts === undefined
          ? ''
          : t(counts.atLeast ? 'threads.totalAtLeast' : 'threads.total', {
              count: counts.total,
              shown: number(counts.total),
            })}
      </p>
      {state.isNarrowed && (
        <Button kind="quiet" icon="x" onClick={state.clear}>
          {t('threads.clear')}
        </Button>
      )}
    </div>
  )
}

function Nothing({ state }: { readonly state: FilterState }) {
  if (state.isNarrowed)
    return (
      <Empty title={t('threads.nothingFits')}>
        <p>{t('threads.nothingFitsHint')}</p>
        <Button onClick={state.clear}>{t('threads.clear')}</Button>
      </Empty>
    )
  return (
    <Empty title={t('threads.none')}>
      <p>{t('threads.noneHint')}</p>
      {hasRole('supervisor') && (
        <ButtonLink kind="primary" href="~/app/sources">
          {t('threads.toSources')}
        </ButtonLink>
      )}
    </Empty>
  )
}
