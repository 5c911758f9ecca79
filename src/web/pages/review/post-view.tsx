import { useEffect, useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { QueueItem } from '../../answers/answer.ts'
import { dayIfKnown } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Badge } from '../../parts/states.tsx'
import { MarkedText, type Span } from './marked-text.tsx'

type QueuePost = NonNullable<QueueItem['posts']>[number]

/** The post that is asked about: why it is asked, its title and question, and the rest of the thread where wanted. */
export function PostView({
  item,
  isWhole,
  spans,
  onWhole,
}: {
  readonly item: QueueItem
  readonly isWhole: boolean
  /** Words that count for or against a label; of title and question as one text. */
  readonly spans?: readonly Span[]
  onWhole(): void
}) {
  const { threadId, title, excerpt, language, source, posts = [], morePosts } = item
  const heading = useRef<HTMLHeadingElement>(null)
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current) {
      heading.current?.focus({ preventScroll: true })
      window.scrollTo({ top: 0 })
    }
    isFirst.current = false
  }, [threadId])
  const [question, ...others] = posts
  const text = question?.text ?? excerpt
  const asked = question === undefined ? '' : dayIfKnown(question.createdAt)
  return (
    <article class="stack" lang={language}>
      <header class="stack stack-tight">
        <Reason item={item} />
        <h2 ref={heading} tabIndex={-1} class="review-title" data-untitled={title === '' || undefined}>
          {title === '' ? t('review.untitled') : <MarkedText text={title} spans={spans} from={0} />}
        </h2>
        <p class="row small muted" lang={document.documentElement.lang}>
          <span>{source}</span>
          <span>{language}</span>
          {asked !== '' && <span>{asked}</span>}
          <Link href={`~/app/threads/${threadId}`}>{t('review.openThread')}</Link>
        </p>
      </header>
      <p class="review-text">
        <MarkedText text={text} spans={spans} from={title === '' ? 0 : title.length + 1} />
      </p>
      {others.length > 0 && (
        <div lang={document.documentElement.lang}>
          <Button
            kind="quiet"
            icon={isWhole ? 'chevron-down' : 'chevron-right'}
            keys="e"
            isExpanded={isWhole}
            onClick={onWhole}
          >
            {t('review.others', { count: others.length + (morePosts ?? 0) })}
          </Button>
        </div>
      )}
      {isWhole && <Others posts={others} threadId={threadId} more={morePosts ?? 0} />}
    </article>
  )
}

const SKIPS = {
  skip: 'review.wasSkipped',
  'not-sure': 'review.wasNotSure',
  dispute: 'review.wasDisputed',
} as const

/** Why the post is asked about, with what others said of it. */
function Reason({
  item: { reason, blind, misroutes = [], skips = [], imported },
}: {
  readonly item: QueueItem
}) {
  return (
    <div class="stack stack-tight" lang={document.documentElement.lang}>
      <p class="row small">
        {misroutes.length > 0 && <Badge kind="warn">{t('review.misroute')}</Badge>}
        {blind && (
          <Badge>
            <Icon name="eye-off" />
            {t('review.blind')}
          </Badge>
        )}
        <span class="muted">{reason}</span>
      </p>
      {blind && <p class="small muted">{t('review.blindWhy')}</p>}
      {imported !== undefined && (
        <p class="small">{t('review.imported', { label: imported.label, likely: imported.likely })}</p>
      )}
      {misroutes.map(({ id, reporter, reason: said }) => (
        <blockquote key={id} class="review-said">
          <p>{said}</p>
          <p class="small muted">{reporter.name}</p>
        </blockquote>
      ))}
      {skips.map(({ id, why, note, actor }) => (
        <p key={id} class="small muted">
          {t(SKIPS[why], { name: actor.name })}
          {note !== undefined && <> {note}</>}
        </p>
      ))}
    </div>
  )
}

function Others({
  posts,
  threadId,
  more,
}: {
  readonly posts: readonly QueuePost[]
  readonly threadId: string
  readonly more: number
}) {
  return (
    <ol class="stack">
      {posts.map(({ id, kind, author, text, accepted, createdAt }) => (
        <li key={id} class="review-other stack stack-tight" data-kind={kind}>
          <p class="row small muted" lang={document.documentElement.lang}>
            <span>{t(kind === 'comment' ? 'review.comment' : 'review.answer')}</span>
            {author !== undefined && <span>{author.name}</span>}
            <span>{dayIfKnown(createdAt)}</span>
            {accepted && <Badge kind="good">{t('review.accepted')}</Badge>}
          </p>
          <p class="review-text">{text}</p>
        </li>
      ))}
      {more > 0 && (
        <li lang={document.documentElement.lang}>
          <Link href={`~/app/threads/${threadId}`}>{t('review.morePosts', { count: more })}</Link>
        </li>
      )}
    </ol>
  )
}
