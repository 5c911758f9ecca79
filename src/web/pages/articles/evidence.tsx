import { Link } from 'wouter-preact'
import { useResource } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'
import { WordChanges } from '../../editor/word-changes.tsx'
import { ago, number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Note } from '../../parts/states.tsx'
import { RenderedHtml } from '../../parts/trusted-html.tsx'
import type { Article, Citation, Thread } from './article.ts'
import { fieldName, flagSentence } from './names.ts'
import { onePerPost, type Passage, type Pointed } from './passages/passage.ts'

const AS_HTML = { html: true }

type PostChange = ItemOf<Get<'/api/threads/{id}/changes'>>

/** What an article rests on: the cited posts as they are now, what happened to them, and who wrote them. */
export function Evidence({
  article,
  pointed,
  passages,
  onPoint,
}: {
  readonly article: Article
  readonly passages: readonly Passage[]
  readonly pointed: Pointed
  onPoint(pointed: Pointed): void
}) {
  const { threadIds, authors } = article
  const citations = onePerPost(article.citations)
  const ofPassage = passages.find(({ id }) => id === pointed.passageId)?.citations ?? []
  return (
    <aside class="stack" aria-label={t('articles.evidence')}>
      <section class="stack stack-tight">
        <h2>{t('articles.evidence')}</h2>
        {citations.length === 0 && <p class="muted">{t('articles.noEvidence')}</p>}
        {citations.map((citation) => (
          <CitedPost
            key={citation.postId}
            citation={citation}
            sections={article.citations
              .filter(({ postId }) => postId === citation.postId)
              .map(({ section }) => section)}
            language={article.language}
            isPointed={ofPassage.some(({ postId }) => postId === citation.postId)}
            onPoint={onPoint}
          />
        ))}
      </section>
      {threadIds.length > 0 && (
        <div class="stack stack-tight">
          {threadIds.map((id, at) => (
            <p key={id}>
              <Link href={`~/app/threads/${id}`}>
                {threadIds.length === 1
                  ? t('articles.thread')
                  : t('articles.threadOf', { n: number(at + 1) })}
              </Link>
            </p>
          ))}
        </div>
      )}
      {authors.length > 0 && (
        <section class="stack stack-tight">
          <h2>{t('articles.authors')}</h2>
          <p>{authors.map(({ name }) => name).join(', ')}</p>
        </section>
      )}
    </aside>
  )
}

export function CitedPost({
  citation,
  sections = [citation.section],
  language,
  isPointed = false,
  onPoint,
}: {
  readonly citation: Citation
  /** Those that rest on the post. */
  readonly sections?: readonly Citation['section'][]
  readonly language: string
  readonly isPointed?: boolean
  onPoint?(pointed: Pointed): void
}) {
  const { postId, threadId, author, flag, flaggedAt } = citation
  const point = () => onPoint?.({ postId })
  const leave = () => onPoint?.({})
  const thread = useResource<Thread>(`/threads/${threadId}`, {
    query: AS_HTML,
    enabled: threadId !== undefined,
  })
  const post = thread.data?.posts.find(({ id }) => id === postId)
  return (
    <details
      class="articles-post"
      data-post={postId}
      data-pointed={isPointed || undefined}
      onMouseEnter={point}
      onMouseLeave={leave}
      onFocusCapture={point}
      onBlurCapture={leave}
    >
      <summary>
        {t('articles.citation', {
          section: [...new Set(sections)].map(fieldName).join(', '),
          author: author ?? post?.author?.name ?? t('articles.somebody'),
        })}
      </summary>
      {flag !== undefined && (
        <Note kind="warn">
          {flagSentence(citation)}{' '}
          {flaggedAt !== undefined && <span class="muted">{ago(flaggedAt, Date.now())}</span>}
        </Note>
      )}
      {flag === 'edited' && threadId !== undefined && (
        <LatestEdit threadId={threadId} postId={postId} language={language} />
      )}
      {flag !== 'edited' && post?.html !== undefined && (
        <div lang={language === 'und' ? undefined : language}>
          <RenderedHtml html={post.html} />
        </div>
      )}
      {post !== undefined && threadId !== undefined && (
        <Link class="small" href={`~/app/threads/${threadId}#${postId}`}>
          {t('articles.inThread')}
        </Link>
      )}
    </details>
  )
}

/** What the latest edit of a post changed. */
function LatestEdit({
  threadId,
  postId,
  language,
}: {
  readonly threadId: string
  readonly postId: string
  readonly language: string
}) {
  const { data } = useResource<{ readonly items: readonly PostChange[] }>(`/threads/${threadId}/changes`)
  const edit = data?.items.find(({ postId: of, what }) => of === postId && what === 'edited')
  if (edit?.before?.body === undefined || edit.after?.body === undefined) return null
  return <WordChanges before={edit.before.body} after={edit.after.body} language={language} />
}
