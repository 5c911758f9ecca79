import { useEffect, useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { type QueryValue, queryString } from '../../api/client.ts'
import { useEndless } from '../../api/endless.ts'
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
      {/* The rows of another figure are not shown while those of this one are on their way. */}
      <Rows key={path + queryString(query)} path={path} query={query} />
    </section>
  )
}

function Rows({
  path,
  query,
}: {
  readonly path: string
  readonly query: Readonly<Record<string, QueryValue>>
}) {
  const threads = useEndless<PredictedThread>(path, query)
  return (
    <>
      <Loaded resource={threads}>
        {(items) =>
          items.length === 0 ? (
            <p class="muted">{t('models.noThreads')}</p>
          ) : (
            <ul>
              {items.map((thread) => (
                <Row key={thread.threadId} thread={thread} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {threads.hasMore && (
        <div>
          <Button isDisabled={threads.isLoadingMore} onClick={threads.loadMore}>
            {t('parts.more')}
          </Button>
        </div>
      )}
    </>
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
