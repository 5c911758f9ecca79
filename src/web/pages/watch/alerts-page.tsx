import { Link, useSearchParams } from 'wouter-preact'
import { queryString } from '../../api/client.ts'
import { moment } from '../../messages/format.ts'
import { inLanguage, t } from '../../messages/messages.ts'
import { Badge, Empty, Loaded } from '../../parts/states.tsx'
import { More } from './more.tsx'
import { type About, type Alert, useAlerts } from './resources.ts'

/** What went wrong without anyone asking: a refused version, a language that fell behind. */
export function AlertsPage({ facet }: About) {
  const [params] = useSearchParams()
  const isResolved = params.get('resolved') === 'true'
  return (
    <>
      <nav class="row" aria-label={t('watch.which')}>
        <Link href={`/alerts${queryString({ facet })}`} aria-current={isResolved ? undefined : 'true'}>
          {t('watch.openAlerts')}
        </Link>
        <Link
          href={`/alerts${queryString({ facet, resolved: true })}`}
          aria-current={isResolved ? 'true' : undefined}
        >
          {t('watch.resolvedAlerts')}
        </Link>
      </nav>
      <Rows key={`${facet} ${isResolved}`} facet={facet} isResolved={isResolved} />
    </>
  )
}

function Rows({
  facet,
  isResolved,
  cursor,
}: About & { readonly isResolved: boolean; readonly cursor?: string }) {
  const alerts = useAlerts({ facet, resolved: isResolved, cursor })
  return (
    <Loaded resource={alerts}>
      {({ items, next }) => (
        <>
          {items.length === 0 && cursor === undefined && (
            <Empty title={t(isResolved ? 'watch.noResolvedAlerts' : 'watch.noAlerts')} />
          )}
          <ul>
            {items.map((alert) => (
              <AlertRow key={alert.id} alert={alert} />
            ))}
          </ul>
          {next !== undefined && (
            <More>{() => <Rows facet={facet} isResolved={isResolved} cursor={next} />}</More>
          )}
        </>
      )}
    </Loaded>
  )
}

function AlertRow({
  alert: { kind, facet, version, summary, raisedAt, resolvedAt },
}: {
  readonly alert: Alert
}) {
  const models = `~/app/models/${encodeURIComponent(facet)}`
  return (
    <li class="watch-row">
      <p class="row">
        <Badge kind={resolvedAt === undefined ? 'warn' : undefined}>
          {t(kind === 'parity' ? 'watch.parityAlert' : 'watch.refusal')}
        </Badge>
        <span class="muted small">
          {t('watch.raised', { at: moment(raisedAt) })}
          {resolvedAt !== undefined && ` · ${t('watch.resolved', { at: moment(resolvedAt) })}`}
        </span>
      </p>
      <p class="prose">{inLanguage(summary)}</p>
      <p>
        {kind === 'parity' ? (
          <Link href={`/parity${queryString({ facet })}`}>{t('watch.toParity')}</Link>
        ) : (
          <Link href={`${models}/labels${queryString({ version })}`}>
            {t('watch.toVersion', { version })}
          </Link>
        )}
      </p>
    </li>
  )
}
