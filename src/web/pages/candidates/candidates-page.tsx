import { useRef, useState } from 'preact/hooks'
import { useWorkList } from '../../lists/use-work-list.ts'
import { number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { DeclineDialog } from '../../parts/decline-dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { ChangeList } from '../threads/change-list.tsx'
import { type Counts, REASONS, reasonName, titleOf } from './candidate.ts'
import { CandidatePanel } from './candidate-panel.tsx'
import { CandidateTable } from './candidate-table.tsx'
import { type Choice, decide } from './decisions.ts'
import { FilterRail } from './filter-rail.tsx'
import { useFilters } from './filters.ts'
import { Nothing } from './nothing.tsx'
import { OutcomeNote } from './outcome-note.tsx'
import { LinkDialog, MergeDialog } from './target-dialogs.tsx'
import { type Act, useCandidateKeys } from './use-candidate-keys.ts'
import { useCandidates, useCounts } from './use-candidates.ts'
import { WeightsDialog } from './weights-dialog.tsx'

type Opened = Exclude<Act, 'promote'> | 'weights'

/** What deserves an article, ranked by what it would be worth, with the open one beside it. */
export function CandidatesPage() {
  const state = useFilters()
  const { filters } = state
  const candidates = useCandidates(state)
  const counts = useCounts(state).data
  const rows = candidates.data ?? []
  const { at, selection, targets, ...list } = useWorkList(rows, {
    name: 'candidates',
    open: filters.open,
    filters: state.addressWith({ open: undefined }),
    onOpen: (id) => state.change({ open: id }),
  })
  const [opened, open] = useState<Opened>()
  const [areFiltersOpen, openFilters] = useState(false)
  const rail = useRef<HTMLDivElement>(null)
  const words = useRef<HTMLDivElement>(null)
  const [only] = targets
  const about =
    only !== undefined && targets.length === 1
      ? titleOf(only)
      : t('candidates.chosen', { count: targets.length, shown: number(targets.length) })
  const mayDecide = (filters.state ?? 'open') === 'open'

  function run(choice: Choice): void {
    list.leaveTargets()
    void decide(targets, choice)
  }
  const act = (wanted: Act) => {
    if (targets.length === 0 || !mayDecide) return
    if (wanted === 'promote') run({ decision: 'promote' })
    else open(wanted)
  }
  useCandidateKeys({
    rows,
    at: at?.id,
    selection,
    state,
    onMove: list.move,
    onAct: act,
    onFilter: () => {
      openFilters(true)
      // Where the filters are behind a button, they are there in the next frame.
      requestAnimationFrame(() => rail.current?.querySelector('select')?.focus())
    },
    onText: () => words.current?.querySelector('input')?.focus(),
  })
  const close = () => open(undefined)
  return (
    <Page
      title={t('candidates.title')}
      actions={
        <Button kind="quiet" icon="scale" onClick={() => open('weights')}>
          {t('candidates.weights')}
        </Button>
      }
    >
      <div class="threads-top candidates-top" ref={words}>
        <TextField
          label={t('threads.text')}
          type="search"
          value={filters.text ?? ''}
          maxLength={500}
          onInput={(text) => state.change({ text })}
        />
        <div class="threads-filters-toggle">
          <Button isExpanded={areFiltersOpen} keys="f" onClick={() => openFilters(!areFiltersOpen)}>
            {t('threads.filters')}
          </Button>
        </div>
        <Total counts={counts} isNarrowed={state.isNarrowed} onClear={state.clear} />
      </div>
      <ChangeList />
      <OutcomeNote />
      <div
        class="threads"
        data-beside={filters.open !== undefined || undefined}
        data-filters={areFiltersOpen || undefined}
      >
        <FilterRail state={state} counts={counts} first={rail} />
        <div class="threads-list">
          <Loaded resource={candidates}>
            {() =>
              rows.length === 0 && !candidates.isProvisional ? (
                <Nothing state={state} />
              ) : (
                <CandidateTable
                  candidates={candidates}
                  total={counts === undefined || counts.atLeast ? undefined : counts.total}
                  state={state}
                  selection={selection}
                  at={at}
                  onFocus={list.noteFocus}
                />
              )
            }
          </Loaded>
          {mayDecide && selection.ids.size > 0 && (
            <BulkBar count={selection.ids.size} onAct={act} onClear={selection.clear} />
          )}
        </div>
        {filters.open !== undefined && <CandidatePanel id={filters.open} onAct={act} onClose={list.close} />}
      </div>
      {opened === 'weights' && <WeightsDialog onClose={close} />}
      {opened === 'decline' && (
        <DeclineDialog
          title={t('candidates.declineTitle', { about })}
          reasons={REASONS}
          nameOf={reasonName}
          onDecline={(reason, note) => run({ decision: 'decline', reason, note })}
          onClose={close}
        />
      )}
      {opened === 'merge' && (
        <MergeDialog
          targets={targets}
          about={about}
          onChoose={(into) => run({ decision: 'merge', into })}
          onClose={close}
        />
      )}
      {opened === 'link' && (
        <LinkDialog
          targets={targets}
          about={about}
          onChoose={(articleId) => run({ decision: 'link', articleId })}
          onClose={close}
        />
      )}
    </Page>
  )
}

function Total({
  counts,
  isNarrowed,
  onClear,
}: {
  readonly counts: Counts | undefined
  readonly isNarrowed: boolean
  onClear(): void
}) {
  return (
    <div class="threads-total row">
      <p class="muted" aria-live="polite">
        {counts === undefined
          ? ''
          : t(counts.atLeast ? 'candidates.totalAtLeast' : 'candidates.total', {
              count: counts.total,
              shown: number(counts.total),
            })}
      </p>
      {isNarrowed && (
        <Button kind="quiet" icon="x" onClick={onClear}>
          {t('threads.clear')}
        </Button>
      )}
    </div>
  )
}

/** What can be done to the chosen candidates. */
function BulkBar({
  count,
  onAct,
  onClear,
}: {
  readonly count: number
  onAct(act: Act): void
  onClear(): void
}) {
  if (!hasRole('knowledge-manager')) return null
  return (
    <section class="threads-bulk row" aria-label={t('candidates.decisions')}>
      <strong>{t('candidates.chosen', { count, shown: number(count) })}</strong>
      <Button icon="file-text" keys="p" onClick={() => onAct('promote')}>
        {t('candidates.promote')}
      </Button>
      <Button keys="l" onClick={() => onAct('link')}>
        {t('candidates.link')}
      </Button>
      <Button keys="m" onClick={() => onAct('merge')}>
        {t('candidates.merge')}
      </Button>
      <Button keys="d" onClick={() => onAct('decline')}>
        {t('candidates.decline')}
      </Button>
      <Button kind="quiet" keys="Escape" onClick={onClear}>
        {t('threads.chooseNone')}
      </Button>
    </section>
  )
}
