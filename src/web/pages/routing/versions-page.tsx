import { useSearchParams } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { useEndless } from '../../api/endless.ts'
import { refresh, useResource } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'
import { moment } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Badge, Loaded, ProblemNote } from '../../parts/states.tsx'
import { type Column, PagedTable } from '../../parts/table.tsx'
import { hasRole } from '../../sign-in/session.ts'
import type { Outcome, Rule } from './rule-set.ts'
import { outcomeSentence, ruleSentence } from './sentences.ts'

type Version = ItemOf<Get<'/api/routing/rules/versions'>>

/** Who changed the rules and when, what differs, and the way back. */
export function VersionsPage() {
  const versions = useEndless<Version>('/routing/rules/versions', { limit: 50 })
  const [search, setSearch] = useSearchParams()
  const compared = search.get('from')
  const inForce = versions.data?.[0]?.version ?? 0
  return (
    <Page title={t('routing.versions')} actions={<ButtonLink href="/">{t('routing.title')}</ButtonLink>}>
      <PagedTable
        caption={t('routing.versions')}
        pages={versions}
        columns={columnsWith(inForce, (from) => setSearch({ from: String(from) }))}
        keyOf={({ version }) => String(version)}
        // The built-in rules are a version too.
        empty={null}
      />
      {compared !== null && <Differences from={Number(compared)} />}
    </Page>
  )
}

function columnsWith(inForce: number, compare: (from: number) => void): readonly Column<Version>[] {
  return [
    {
      heading: t('routing.version'),
      show: ({ version, restoredFrom }) => (
        <>
          {version === 0 ? t('routing.builtIn') : version}{' '}
          {version === inForce && <Badge kind="good">{t('routing.inForce')}</Badge>}
          {restoredFrom !== undefined && (
            <p class="small muted">{t('routing.restoredFrom', { version: restoredFrom })}</p>
          )}
        </>
      ),
    },
    { heading: t('routing.savedBy'), show: ({ actor }) => actor?.name ?? actor?.id },
    { heading: t('routing.savedAt'), show: ({ createdAt }) => createdAt !== undefined && moment(createdAt) },
    { heading: t('routing.ruleCount'), isNumber: true, show: ({ rules }) => rules },
    {
      heading: t('routing.actions'),
      isActions: true,
      show: ({ version }) =>
        version !== inForce && <VersionButtons version={version} inForce={inForce} onCompare={compare} />,
    },
  ]
}

function VersionButtons({
  version,
  inForce,
  onCompare,
}: {
  readonly version: number
  readonly inForce: number
  onCompare(from: number): void
}) {
  const restore = useAction(async () => {
    await call('POST', `/routing/rules/versions/${version}/restore`, { ifMatch: `"${inForce}"` })
    refresh('/routing', '/threads')
  })
  return (
    <>
      <div class="row">
        <Button onClick={() => onCompare(version)}>{t('routing.compare')}</Button>
        {hasRole('supervisor') && (
          <Button icon="rotate-ccw" isDisabled={restore.isRunning} onClick={() => void restore.run()}>
            {t('routing.restore')}
          </Button>
        )}
      </div>
      {restore.problem && <ProblemNote problem={restore.problem} />}
    </>
  )
}

interface Diff {
  readonly added: readonly Rule[]
  readonly removed: readonly Rule[]
  readonly changed: readonly { readonly name: string; readonly before: Rule; readonly after: Rule }[]
  readonly moved: readonly { readonly name: string; readonly from: number; readonly to: number }[]
  readonly default?: { readonly before?: Outcome; readonly after?: Outcome }
  readonly calendars: readonly { readonly name: string }[]
  readonly same: boolean
}

/** How the rules in force differ from an earlier version. */
function Differences({ from }: { readonly from: number }) {
  const diff = useResource<Diff>('/routing/rules/diff', { query: { from } })
  return (
    <section class="stack stack-tight" aria-live="polite">
      <h2>{t('routing.differences', { from })}</h2>
      <Loaded resource={diff}>
        {({ added, removed, changed, moved, default: fallback, calendars, same }) => (
          <dl class="differences">
            {same && <dt>{t('routing.same')}</dt>}
            {added.map((rule) => (
              <Difference
                key={rule.name}
                what={t('routing.added', { name: rule.name })}
                lines={[ruleSentence(rule.when, rule.then)]}
              />
            ))}
            {removed.map((rule) => (
              <Difference
                key={rule.name}
                what={t('routing.removed', { name: rule.name })}
                lines={[ruleSentence(rule.when, rule.then)]}
              />
            ))}
            {changed.map(({ name, before, after }) => (
              <Difference
                key={name}
                what={t('routing.changed', { name })}
                lines={[
                  t('routing.before', { sentence: ruleSentence(before.when, before.then) }),
                  t('routing.after', { sentence: ruleSentence(after.when, after.then) }),
                ]}
              />
            ))}
            {moved.map(({ name, from: before, to }) => (
              <Difference key={name} what={t('routing.movedRule', { name, from: before, to })} lines={[]} />
            ))}
            {fallback?.before !== undefined && fallback.after !== undefined && (
              <Difference
                what={t('routing.otherwise')}
                lines={[
                  t('routing.before', { sentence: outcomeSentence(fallback.before) }),
                  t('routing.after', { sentence: outcomeSentence(fallback.after) }),
                ]}
              />
            )}
            {calendars.map(({ name }) => (
              <Difference key={name} what={t('routing.calendarChanged', { name })} lines={[]} />
            ))}
          </dl>
        )}
      </Loaded>
    </section>
  )
}

function Difference({ what, lines }: { readonly what: string; readonly lines: readonly string[] }) {
  return (
    <>
      <dt>{what}</dt>
      {lines.map((line) => (
        <dd key={line}>{line}</dd>
      ))}
    </>
  )
}
