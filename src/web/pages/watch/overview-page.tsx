import type { ComponentChildren } from 'preact'
import { Link } from 'wouter-preact'
import { queryString } from '../../api/client.ts'
import type { Resource } from '../../api/resource.ts'
import { inLanguage, t } from '../../messages/messages.ts'
import { Loaded } from '../../parts/states.tsx'
import { type About, useAlerts, useAudit, useDrift, useParity, useTopics } from './resources.ts'

/** Each figure in a sentence, and the way to what it rests on. */
export function OverviewPage(about: About) {
  const alerts = useAlerts(about)
  const audit = useAudit(about)
  const parity = useParity(about)
  const drift = useDrift(about)
  const topics = useTopics(about)
  return (
    <dl class="watch-overview">
      <Line about={about} path="/alerts" title={t('watch.alerts')} resource={alerts}>
        {({ items, next }) =>
          items.length === 0
            ? t('watch.noAlerts')
            : `${t('watch.alertCount', { n: items.length, more: next === undefined ? 'no' : 'yes' })} ${inLanguage(items[0]!.summary)}`
        }
      </Line>
      <Line about={about} path="/audit" title={t('watch.audit')} resource={audit}>
        {({ summary }) => inLanguage(summary)}
      </Line>
      <Line about={about} path="/parity" title={t('watch.parity')} resource={parity}>
        {({ summary }) => inLanguage(summary)}
      </Line>
      <Line about={about} path="/drift" title={t('watch.drift')} resource={drift}>
        {({ items: [latest] }) => (latest === undefined ? t('watch.noDrift') : inLanguage(latest.summary))}
      </Line>
      <Line about={about} path="/topics" title={t('watch.topics')} resource={topics}>
        {({ items, next }) =>
          items.length === 0
            ? t('watch.noTopics')
            : `${t('watch.topicCount', { n: items.length, more: next === undefined ? 'no' : 'yes' })} ${inLanguage(items[0]!.summary)}`
        }
      </Line>
    </dl>
  )
}

function Line<T>({
  about: { facet },
  path,
  title,
  resource,
  children,
}: {
  readonly about: About
  readonly path: string
  readonly title: string
  readonly resource: Resource<T>
  children(data: T): ComponentChildren
}) {
  return (
    <div class="watch-line">
      <dt>
        <Link href={`${path}${queryString({ facet })}`}>{title}</Link>
      </dt>
      <dd class="prose">
        <Loaded resource={resource}>{children}</Loaded>
      </dd>
    </div>
  )
}
