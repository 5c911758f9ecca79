import { useEffect, useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { QueryValue } from '../../api/client.ts'
import { useResource } from '../../api/resource.ts'
import { percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Badge, Loaded } from '../../parts/states.tsx'

/** A thread with its held-out prediction, by one version or by two that are compared. */
interface PredictedThread {
  readonly threadId: string
  readonly title: string
  readonly excerpt: string
  readonly language: string
  readonly truth: string
  readonly predicted: string
  readonly confidence: number
  readonly assigned: boolean
  readonly labelNow?: string
  readonly otherPredicted?: string
  readonly otherConfidence?: number
}

interface ThreadPage {
  readonly items: readonly PredictedThread[]
  readonly next?: string
}

/** The threads behind a figure, below a heading that takes the focus when they open. */
export function PredictedThreads({
  title,
  path,
  query,
  onClose,
}: {
  readonly title: string
  readonly path: string
  readonly query: Readonly<Record<string, QueryValue>>
  onClose(): void
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  const openedFrom = useRef<Element | null>(null)
  useEffect(() => {
    const { activeElement } = document
    // The heading of the page has the focus where the address was opened as it is: nothing was opened from there.
    if (activeElement !== heading.current && activeElement?.tagName !== 'H1')
      openedFrom.current = activeElement
    heading.current?.focus()
  }, [title])
  useEffect(
    () => () => {
      if (openedFrom.current instanceof HTMLElement) openedFrom.current.focus()
    },
    [],
  )
  return (
    <section class="stack stack-tight rows-behind" aria-labelledby="rows-behind">
      <div class="row row-apart">
        <h2 id="rows-behind" ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <Button kind="quiet" icon="x" label={t('parts.close')} onClick={onClose} />
      </div>
      <Rows path={path} query={query} />
    </section>
  )
}

/** One page of rows and, once it is asked for, the pages after it. */
function Rows({
  path,
  query,
}: {
  readonly path: string
  readonly query: Readonly<Record<string, QueryValue>>
}) {
  const page = useResource<ThreadPage>(path, { query })
  const [isContinued, setContinued] = useState(false)
  return (
    <Loaded resource={page}>
      {({ items, next }) => (
        <>
          {items.length === 0 ? (
            <p class="muted">{t('models.noThreads')}</p>
          ) : (
            <ul>
              {items.map((thread) => (
                <Row key={thread.threadId} thread={thread} />
              ))}
            </ul>
          )}
          {next !== undefined &&
            (isContinued ? (
              <Rows path={path} query={{ ...query, cursor: next }} />
            ) : (
              <div>
                <Button onClick={() => setContinued(true)}>{t('parts.more')}</Button>
              </div>
            ))}
        </>
      )}
    </Loaded>
  )
}

function Row({ thread }: { readonly thread: PredictedThread }) {
  const { truth, predicted, confidence, assigned, labelNow, otherPredicted, otherConfidence } = thread
  return (
    <li class="thread-row">
      <Link href={`~/app/threads/${encodeURIComponent(thread.threadId)}`} lang={thread.language}>
        {thread.title || thread.excerpt}
      </Link>
      {thread.title !== '' && (
        <p class="muted small clip" lang={thread.language}>
          {thread.excerpt}
        </p>
      )}
      <p class="row small">
        <span>{t('models.predictedAs', { truth, predicted, confidence: percent(confidence) })}</span>
        {otherPredicted !== undefined && otherConfidence !== undefined && (
          <span class="muted">
            {t('models.otherPredicted', { predicted: otherPredicted, confidence: percent(otherConfidence) })}
          </span>
        )}
        {!assigned && <Badge>{t('models.notAssigned')}</Badge>}
        {labelNow !== truth && (
          <Badge kind="warn">
            {labelNow === undefined ? t('models.unlabelledNow') : t('models.labelNow', { label: labelNow })}
          </Badge>
        )}
      </p>
    </li>
  )
}
