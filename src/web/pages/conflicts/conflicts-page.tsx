import { useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { usual } from '../../keys/catalogue.ts'
import { useCommands } from '../../keys/commands.ts'
import { ago, percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { ButtonLink } from '../../parts/button.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Badge, Empty, Loaded } from '../../parts/states.tsx'
import { titleOf } from '../../parts/title.ts'
import { type Conflict, KINDS, useConflicts, useFilters } from './conflict.ts'
import { RulingNotes } from './ruling-note.tsx'

type Ground = Conflict['grounds'][number]

/** The conflicts that wait for a ruling, the most doubtful first. */
export function ConflictsPage() {
  const { filters, query, change } = useFilters()
  const conflicts = useConflicts(filters)
  const first = conflicts.data?.items[0]
  return (
    <Page
      title={t('conflicts.title')}
      actions={
        first !== undefined &&
        filters.closed === undefined && (
          <ButtonLink kind="primary" href={`/${first.id}${query}`}>
            {t('conflicts.start')}
          </ButtonLink>
        )
      }
    >
      <RulingNotes />
      <Filter filters={filters} onChange={change} />
      <Loaded resource={conflicts}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty title={t(filters.closed ? 'conflicts.noneClosed' : 'conflicts.none')}>
              <p>{t('conflicts.noneHint')}</p>
              <ButtonLink href="~/app/review">{t('conflicts.toReview')}</ButtonLink>
            </Empty>
          ) : (
            <>
              <List items={items} query={query} />
              {next !== undefined && <p class="muted">{t('conflicts.more', { count: items.length })}</p>}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function Filter({
  filters,
  onChange,
}: {
  readonly filters: ReturnType<typeof useFilters>['filters']
  onChange(changes: Readonly<Record<string, string>>): void
}) {
  const { data: facets } = useResource<Get<'/api/facets'>>('/facets')
  const any = { value: '', label: t('parts.all') }
  return (
    <div class="row conflicts-filter">
      <SelectField
        label={t('conflicts.facet')}
        value={filters.facet ?? ''}
        choices={[any, ...(facets?.items ?? []).map(({ name }) => ({ value: name, label: name }))]}
        onChoose={(facet) => onChange({ facet })}
      />
      <SelectField
        label={t('conflicts.kind')}
        value={filters.kind ?? ''}
        choices={[any, ...KINDS.map((kind) => ({ value: kind, label: t(`conflicts.kind-${kind}`) }))]}
        onChoose={(kind) => onChange({ kind })}
      />
      <SelectField
        label={t('conflicts.state')}
        value={filters.closed ? '1' : ''}
        choices={[
          { value: '', label: t('conflicts.open') },
          { value: '1', label: t('conflicts.closed') },
        ]}
        onChoose={(closed) => onChange({ closed })}
      />
    </div>
  )
}

function List({ items, query }: { readonly items: readonly Conflict[]; readonly query: string }) {
  const body = useRef<HTMLTableSectionElement>(null)
  const move = (by: number) => {
    const links = [...(body.current?.querySelectorAll('a') ?? [])]
    const at = links.indexOf(document.activeElement as HTMLAnchorElement)
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus()
  }
  useCommands(t('conflicts.title'), [
    { ...usual('list-next'), label: t('conflicts.nextRow'), run: () => move(1) },
    { ...usual('list-previous'), label: t('conflicts.previousRow'), run: () => move(-1) },
    {
      ...usual('list-open'),
      keys: ['o'],
      label: t('conflicts.openRow'),
      run: () => document.activeElement instanceof HTMLAnchorElement && document.activeElement.click(),
    },
  ])
  const now = Date.now()
  return (
    <div class="scroll-x">
      <table class="conflicts-list">
        <thead>
          <tr>
            <th scope="col">{t('conflicts.thread')}</th>
            <th scope="col">{t('conflicts.facet')}</th>
            <th scope="col">{t('conflicts.label')}</th>
            <th scope="col">{t('conflicts.why')}</th>
            <th scope="col">{t('conflicts.since')}</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {items.map((conflict) => (
            <tr key={conflict.id}>
              <td>
                <Link href={`/${conflict.id}${query}`}>{titleOf(conflict)}</Link>
              </td>
              <td>{conflict.facet}</td>
              <td>{conflict.label}</td>
              <td>
                <ul class="stack stack-tight">
                  {conflict.grounds.map((ground) => (
                    <li key={`${ground.kind}${ground.kind === 'near-duplicate' ? ground.threadId : ''}`}>
                      {whyOf(ground)}
                    </li>
                  ))}
                </ul>
              </td>
              <td class="muted conflicts-since">
                {ago(conflict.openedAt, now)}{' '}
                {conflict.closed !== undefined && (
                  <Badge>{t(`conflicts.outcome-${conflict.closed.outcome}`)}</Badge>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Why a label is in doubt, in a few words. */
function whyOf({ kind, disputes = [], ratings = [], likely = '', ownConfidence = 0, label }: Ground): string {
  switch (kind) {
    case 'dispute':
      return t('conflicts.disputed', { reason: disputes.map(({ reason }) => reason).join(' / ') })
    case 'ratings':
      return t('conflicts.differ', { labels: [...new Set(ratings.map((each) => each.label))].join(' / ') })
    case 'suspect':
      return t('conflicts.improbable', { likely, chance: percent(ownConfidence, 1) })
    case 'near-duplicate':
      return t('conflicts.lookAlike', { label: label ?? t('parts.none') })
  }
}
