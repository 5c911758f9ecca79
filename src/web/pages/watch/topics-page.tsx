import { useState } from 'preact/hooks'
import { Link, useSearchParams } from 'wouter-preact'
import { queryString } from '../../api/client.ts'
import { day } from '../../messages/format.ts'
import { inLanguage, t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { ExampleList } from './example-list.tsx'
import { More } from './more.tsx'
import { type About, type Topic, useTopics } from './resources.ts'
import { AcceptForm, DismissForm } from './topic-forms.tsx'

const STATUSES = ['open', 'accepted', 'dismissed'] as const
type Status = (typeof STATUSES)[number]

/** Bursts of similar posts that fit no label, to be accepted as one. */
export function TopicsPage({ facet }: About) {
  const [params] = useSearchParams()
  const status = STATUSES.find((each) => each === params.get('status')) ?? 'open'
  return (
    <>
      <nav class="row" aria-label={t('watch.which')}>
        {STATUSES.map((each) => (
          <Link
            key={each}
            href={`/topics${queryString({ facet, status: each === 'open' ? undefined : each })}`}
            aria-current={each === status ? 'true' : undefined}
          >
            {t(`watch.${each}Topics`)}
          </Link>
        ))}
      </nav>
      <Rows key={`${facet} ${status}`} facet={facet} status={status} />
    </>
  )
}

function Rows({ facet, status, cursor }: About & { readonly status: Status; readonly cursor?: string }) {
  const topics = useTopics({ facet, status, cursor })
  return (
    <Loaded resource={topics}>
      {({ items, next }) => (
        <>
          {items.length === 0 && cursor === undefined && (
            <Empty title={t(status === 'open' ? 'watch.noTopics' : 'watch.noSuchTopics')}>
              {status === 'open' && <p>{t('watch.noTopicsHint')}</p>}
            </Empty>
          )}
          <ul>
            {items.map((topic) => (
              <TopicRow key={topic.id} topic={topic} />
            ))}
          </ul>
          {next !== undefined && <More>{() => <Rows facet={facet} status={status} cursor={next} />}</More>}
        </>
      )}
    </Loaded>
  )
}

function TopicRow({ topic }: { readonly topic: Topic }) {
  const { proposedName, words, posts, postCount, summary, firstSeenAt, lastSeenAt, status, resolved, label } =
    topic
  const [form, setForm] = useState<'accept' | 'dismiss'>()
  const close = () => setForm(undefined)
  return (
    <li class="watch-row">
      <h2>{label?.name ?? (proposedName === '' ? words.join(' ') : proposedName)}</h2>
      <p class="prose">{inLanguage(summary)}</p>
      <p class="muted small">
        {t('watch.seen', { first: day(firstSeenAt), last: day(lastSeenAt) })}
        {resolved !== undefined &&
          ` · ${t('watch.resolvedBy', { name: resolved.by.name, at: day(resolved.at) })}`}
      </p>
      <details>
        <summary>{t('watch.examples', { n: postCount })}</summary>
        <ExampleList examples={posts} />
      </details>
      {status === 'open' && form === undefined && (
        <div class="row">
          <Button icon="plus" onClick={() => setForm('accept')}>
            {t('watch.accept')}
          </Button>
          <Button kind="quiet" onClick={() => setForm('dismiss')}>
            {t('watch.dismiss')}
          </Button>
        </div>
      )}
      {form === 'accept' && <AcceptForm topic={topic} onClose={close} />}
      {form === 'dismiss' && <DismissForm topic={topic} onClose={close} />}
    </li>
  )
}
