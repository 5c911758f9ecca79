import { useRef, useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { useEndless } from '../../../api/endless.ts'
import { useResource } from '../../../api/resource.ts'
import type { Get } from '../../../api/types.ts'
import { useWorkList } from '../../../lists/use-work-list.ts'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { SelectField } from '../../../parts/field.tsx'
import { Page } from '../../../parts/page.tsx'
import { Empty, Loaded } from '../../../parts/states.tsx'
import { hasRole } from '../../../sign-in/session.ts'
import { ChangeList } from '../../threads/change-list.tsx'
import { type Choice, decide, refusedCount } from './decisions.ts'
import { type FilterState, useFilters } from './filters.ts'
import { PutOffDialog } from './put-off-dialog.tsx'
import { OWNERS, type Review, titleOf } from './review.ts'
import { ReviewPanel } from './review-panel.tsx'
import { ReviewTable } from './review-table.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { type Act, useReviewKeys } from './use-review-keys.ts'

/** The most that the API gives at once. */
const PAGE = 100

/** Articles that are due for a review, the most used first, with the open one beside them. */
export function ReviewsPage() {
  const state = useFilters()
  const [, go] = useLocation()
  const { filters } = state
  const all = useEndless<Review>('/articles/reviews', { ...state.query, limit: PAGE })
  const reviews = { ...all, data: all.data?.filter((row) => row.state !== 'done') }
  const counts = useResource<Get<'/api/articles/reviews/counts'>>('/articles/reviews/counts', {
    query: state.query,
    keepPrevious: true,
  }).data
  const rows = reviews.data ?? []
  const { at, selection, targets, ...list } = useWorkList(rows, {
    name: 'reviews',
    open: filters.open,
    filters: state.addressWith({ open: undefined }),
    onOpen: (id) => state.change({ open: id }),
  })
  const [opened, open] = useState<'put-off' | 'settings'>()
  const choices = useRef<HTMLDivElement>(null)
  const [only] = targets
  const about =
    only !== undefined && targets.length === 1
      ? titleOf(only)
      : t('reviews.chosen', { n: targets.length, count: number(targets.length) })
  const shown = rows.find(({ id }) => id === filters.open)

  function run(choice: Choice): void {
    list.leaveTargets()
    void decide(targets, choice)
  }
  const act = (wanted: Act) => {
    if (only === undefined) return
    if (wanted === 'edit') go(`/${only.id}/edit`)
    else if (wanted === 'put-off') open('put-off')
    else run({ decision: wanted })
  }
  useReviewKeys({
    rows,
    at: at?.id,
    selection,
    state,
    onMove: list.move,
    onAct: act,
    onFilter: () => choices.current?.querySelector('select')?.focus(),
  })
  return (
    <Page
      title={t('reviews.title')}
      actions={
        <>
          <Button kind="quiet" onClick={() => open('settings')}>
            {t('reviews.settingsOpen')}
          </Button>
          <ButtonLink href="/">{t('articles.title')}</ButtonLink>
        </>
      }
    >
      <Tabs state={state} />
      <div class="row row-apart" ref={choices}>
        <Choices state={state} />
        <p class="muted" aria-live="polite">
          {counts !== undefined && t('reviews.total', { n: counts.total, count: number(counts.total) })}
        </p>
      </div>
      <ChangeList />
      {refusedCount.value > 0 && (
        <p role="alert">
          {t('reviews.refused', { n: refusedCount.value, count: number(refusedCount.value) })}
        </p>
      )}
      <div class="threads reviews-page" data-beside={shown !== undefined || undefined}>
        <div class="threads-list">
          <Loaded resource={reviews}>
            {() =>
              rows.length === 0 && !reviews.isProvisional ? (
                <Nothing state={state} />
              ) : (
                <ReviewTable
                  reviews={reviews}
                  total={counts?.total}
                  state={state}
                  selection={selection}
                  at={at}
                  onFocus={list.noteFocus}
                />
              )
            }
          </Loaded>
          {selection.ids.size > 0 && <BulkBar about={about} onAct={act} onClear={selection.clear} />}
        </div>
        {shown !== undefined && (
          <ReviewPanel key={shown.id} review={shown} onAct={act} onClose={list.close} />
        )}
      </div>
      {opened === 'settings' && <SettingsDialog onClose={() => open(undefined)} />}
      {opened === 'put-off' && (
        <PutOffDialog
          about={about}
          onPutOff={(until, reason) => run({ decision: 'put-off', until, reason })}
          onClose={() => open(undefined)}
        />
      )}
    </Page>
  )
}

/** Whose reviews; others than one's own are for those who manage knowledge. */
function Tabs({ state: { owner, addressWith } }: { readonly state: FilterState }) {
  if (!hasRole('knowledge-manager', 'supervisor')) return null
  return (
    <nav class="tabs" aria-label={t('articles.owner')}>
      {OWNERS.map((each) => (
        <Link
          key={each}
          href={addressWith({ owner: each === 'me' ? undefined : each, open: undefined })}
          aria-current={each === owner ? 'page' : undefined}
        >
          {t(`reviews.owner-${each}`)}
        </Link>
      ))}
    </nav>
  )
}

function Choices({ state: { filters, change } }: { readonly state: FilterState }) {
  return (
    <div class="reviews-filters">
      <SelectField
        label={t('reviews.asked')}
        value={filters.kind ?? ''}
        choices={[
          { value: '', label: t('parts.all') },
          { value: 'check', label: t('reviews.kind-check') },
          { value: 'archive', label: t('reviews.kind-archive') },
        ]}
        onChoose={(kind) => change({ kind })}
      />
      <SelectField
        label={t('articles.confidence')}
        value={filters.state ?? ''}
        choices={[
          { value: '', label: t('reviews.state-open') },
          { value: 'put-off', label: t('reviews.state-put-off') },
        ]}
        onChoose={(state) => change({ state })}
      />
    </div>
  )
}

function Nothing({ state: { filters, owner, addressWith } }: { readonly state: FilterState }) {
  const isNarrowed = filters.kind !== undefined || filters.state !== undefined
  return (
    <Empty title={t(isNarrowed ? 'reviews.nothingFits' : `reviews.none-${owner}`)}>
      {isNarrowed ? (
        <ButtonLink href={addressWith({ kind: undefined, state: undefined })}>
          {t('articles.clearFilters')}
        </ButtonLink>
      ) : (
        <p>{t('reviews.noneHint')}</p>
      )}
    </Empty>
  )
}

/** What can be done about the chosen articles. */
function BulkBar({
  about,
  onAct,
  onClear,
}: {
  readonly about: string
  onAct(act: Act): void
  onClear(): void
}) {
  return (
    <section class="threads-bulk row" aria-label={t('reviews.decisions')}>
      <strong>{about}</strong>
      <Button keys="y" onClick={() => onAct('right')}>
        {t('reviews.right')}
      </Button>
      <Button keys="d" onClick={() => onAct('archive')}>
        {t('reviews.archive')}
      </Button>
      <Button keys="s" onClick={() => onAct('put-off')}>
        {t('reviews.putOff')}
      </Button>
      <Button kind="quiet" keys="Escape" onClick={onClear}>
        {t('threads.chooseNone')}
      </Button>
    </section>
  )
}
