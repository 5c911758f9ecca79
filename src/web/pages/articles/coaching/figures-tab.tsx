import { useResource } from '../../../api/resource.ts'
import { number, percent } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Empty, Loaded } from '../../../parts/states.tsx'
import { type Column, Table } from '../../../parts/table.tsx'
import { type Figures, monthName } from './coaching.ts'

type Mean = Figures['people'][number]['months'][number]
type Share = NonNullable<NonNullable<Figures['links']>['rate'][number]['rate']>
interface Row {
  readonly key: string
  readonly name: string
  readonly owner?: string
  readonly months: readonly Mean[]
}

/** Months that are shown beside each other. */
const SHOWN = 6

/** Means by person and team, the rate of links and their accuracy, by month. */
export function FiguresTab() {
  const figures = useResource<Figures>('/coaching/figures')
  return (
    <Loaded resource={figures}>
      {({ months, people, teams, links }) => (
        <div class="stack">
          <p class="muted">{t('coaching.figuresHint')}</p>
          <Means
            title={t('coaching.people')}
            months={months.slice(-SHOWN)}
            rows={people.map(({ id, name, months: means }) => ({ key: id, name, months: means }))}
          />
          {teams !== undefined && teams.length > 0 && (
            <Means
              title={t('coaching.teams')}
              months={months.slice(-SHOWN)}
              rows={teams.map(({ category, owner, months: means }) => ({
                key: category,
                name: category,
                owner: owner?.name,
                months: means,
              }))}
            />
          )}
          {links !== undefined && <Links links={links} />}
        </div>
      )}
    </Loaded>
  )
}

function Means({
  title,
  months,
  rows,
}: {
  readonly title: string
  readonly months: readonly string[]
  readonly rows: readonly Row[]
}) {
  if (rows.length === 0) return <Empty title={t('coaching.noScores')} />
  const columns: readonly Column<Row>[] = [
    {
      heading: title,
      show: ({ name, owner }) => (
        <>
          {name} {owner !== undefined && <span class="muted small">{owner}</span>}
        </>
      ),
    },
    ...months.map((month) => ({
      heading: monthName(month),
      isNumber: true,
      show: ({ months: means }: Row) => {
        const mean = means.find((each) => each.month === month)
        return mean === undefined ? (
          '–'
        ) : (
          <>
            {percent(mean.mean)} <span class="muted small">({number(mean.articles)})</span>
          </>
        )
      },
    })),
  ]
  return (
    <section class="stack stack-tight">
      <h2>{title}</h2>
      <Table caption={title} columns={columns} rows={rows} keyOf={({ key }) => key} />
    </section>
  )
}

function Links({ links: { rate, accuracy } }: { readonly links: NonNullable<Figures['links']> }) {
  return (
    <>
      <section class="stack stack-tight">
        <h2>{t('coaching.linkRate')}</h2>
        <p class="muted">{t('coaching.linkRateHint')}</p>
        <Table
          caption={t('coaching.linkRate')}
          rows={rate}
          keyOf={({ month }) => month}
          columns={[
            { heading: t('coaching.month'), show: ({ month }) => monthName(month) },
            {
              heading: t('coaching.linkRate'),
              show: ({ rate: share }) => (share === undefined ? t('coaching.tooFew') : shareText(share)),
            },
            { heading: t('coaching.linked'), isNumber: true, show: ({ linked }) => number(linked) },
            { heading: t('coaching.threads'), isNumber: true, show: ({ threads }) => number(threads) },
            { heading: t('coaching.cases'), isNumber: true, show: ({ cases }) => number(cases) },
          ]}
        />
      </section>
      <section class="stack stack-tight">
        <h2>{t('coaching.accuracy')}</h2>
        {accuracy.length === 0 ? (
          <p class="muted">{t('coaching.noJudgements')}</p>
        ) : (
          <Table
            caption={t('coaching.accuracy')}
            rows={accuracy}
            keyOf={({ month }) => month}
            columns={[
              { heading: t('coaching.month'), show: ({ month }) => monthName(month) },
              {
                heading: t('coaching.accuracy'),
                show: ({ accuracy: share }) => (share === undefined ? '–' : shareText(share)),
              },
              { heading: t('coaching.right'), isNumber: true, show: ({ right }) => number(right) },
              { heading: t('coaching.wrong'), isNumber: true, show: ({ wrong }) => number(wrong) },
              { heading: t('coaching.unclear'), isNumber: true, show: ({ unclear }) => number(unclear) },
            ]}
          />
        )}
      </section>
    </>
  )
}

function shareText({ share, low, high }: Share): string {
  return t('coaching.share', { share: percent(share), low: percent(low), high: percent(high) })
}
