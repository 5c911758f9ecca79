import { Link } from 'wouter-preact'
import { dayIfKnown, moment, number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Badge } from '../../parts/states.tsx'
import { RenderedHtml } from '../../parts/trusted-html.tsx'
import { MarkedText, type Span } from '../review/marked-text.tsx'
import type { Post, Thread } from './thread.ts'

/** Posts chosen to be split off. */
export interface Choosing {
  readonly ids: ReadonlySet<string>
  toggle(id: string): void
}

/** The question, the answers with the accepted ones first, and under each post the comments on it. */
export function Posts({
  thread,
  spans,
  choosing,
  marks,
  authorAddress,
}: {
  readonly thread: Thread
  /** What askers said of answers, by the ids of posts: whether each was useful. */
  readonly marks?: ReadonlyMap<string, boolean>
  /** Words of title and question that count for or against a label. */
  readonly spans?: readonly Span[]
  readonly choosing?: Choosing
  /** The list of what a member asked. */
  authorAddress(id: string): string
}) {
  const { posts, title, language } = thread
  const lang = language === 'und' ? undefined : language
  return (
    <ol class="threads-posts stack" lang={lang}>
      {inOrder(posts).map(({ post, depth }) => (
        <li
          key={post.id}
          id={post.id}
          class="threads-post stack stack-tight"
          data-kind={post.kind}
          data-depth={depth}
          data-accepted={post.accepted || undefined}
        >
          <PostHead
            post={post}
            thread={thread}
            useful={marks?.get(post.id)}
            choosing={choosing}
            authorAddress={authorAddress}
          />
          {post.html !== undefined && !(post.kind === 'question' && spans !== undefined) ? (
            <RenderedHtml html={post.html} />
          ) : (
            <p class="threads-text">
              <MarkedText text={post.body} spans={spans} from={title === '' ? 0 : title.length + 1} />
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}

function PostHead({
  post,
  thread,
  useful,
  choosing,
  authorAddress,
}: {
  readonly post: Post
  readonly thread: Thread
  readonly useful: boolean | undefined
  readonly choosing: Choosing | undefined
  authorAddress(id: string): string
}) {
  const { id, kind, author, accepted, score, createdAt, editedAt, homeThreadId } = post
  const name = author?.name ?? t('threads.unknownAuthor')
  const what = t(`threads.kind-${kind}`)
  return (
    <div class="row small muted" lang={document.documentElement.lang}>
      {choosing !== undefined && kind !== 'question' && (
        <input
          type="checkbox"
          checked={choosing.ids.has(id)}
          aria-label={t('threads.splitOff', { kind: what, name })}
          onChange={() => choosing.toggle(id)}
        />
      )}
      <span class="threads-kind">{what}</span>
      {author === undefined ? <span>{name}</span> : <Link href={authorAddress(author.id)}>{name}</Link>}
      {author !== undefined && author.role !== 'member' && <Badge>{t(`threads.role-${author.role}`)}</Badge>}
      {dayIfKnown(createdAt) !== '' && <time dateTime={createdAt}>{moment(createdAt)}</time>}
      {editedAt !== undefined && <span>{t('threads.edited', { at: moment(editedAt) })}</span>}
      {score !== undefined && score !== 0 && (
        <span>{t('threads.score', { score, shown: number(score) })}</span>
      )}
      {accepted && <Badge kind="good">{t('threads.accepted')}</Badge>}
      {useful !== undefined && (
        <Badge kind={useful ? 'good' : 'warn'}>
          {t(useful ? 'threads.markUseful' : 'threads.markNotUseful')}
        </Badge>
      )}
      {homeThreadId !== undefined && homeThreadId !== thread.id && (
        <Link href={`/${homeThreadId}`}>{t('threads.fromElsewhere')}</Link>
      )}
    </div>
  )
}

/** Posts as a conversation reads. Of a comment on a comment, the depth is that of its post. */
export function inOrder(posts: readonly Post[]): readonly { readonly post: Post; readonly depth: 0 | 1 }[] {
  const rank = ({ kind, accepted }: Post) => (kind === 'question' ? 0 : accepted ? 1 : 2)
  const isTop = ({ kind, parentId }: Post) =>
    kind !== 'comment' || parentId === undefined || !posts.some(({ id }) => id === parentId)
  const below = (id: string): readonly Post[] =>
    posts.filter((post) => !isTop(post) && post.parentId === id).flatMap((post) => [post, ...below(post.id)])
  return posts
    .filter(isTop)
    .map((post, place) => ({ post, place }))
    .sort((one, other) => rank(one.post) - rank(other.post) || one.place - other.place)
    .flatMap(({ post }) => [
      { post, depth: 0 as const },
      ...below(post.id).map((comment) => ({ post: comment, depth: 1 as const })),
    ])
}
