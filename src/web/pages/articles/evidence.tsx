import { Link } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh, remember, useResource } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'
import { WordChanges } from '../../editor/word-changes.tsx'
import { ago } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Note, ProblemNote } from '../../parts/states.tsx'
import { RenderedHtml } from '../../parts/trusted-html.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { type Article, type Citation, type Thread, versionOf } from './article.ts'
import { fieldName, flagSentence } from './names.ts'

const AS_HTML = { html: true }

type PostChange = ItemOf<Get<'/api/threads/{id}/changes'>>

/** What an article rests on: the cited posts as they are now, what happened to them, and who wrote them. */
export function Evidence({ article }: { readonly article: Article }) {
  const { citations, threadId, authors } = article
  const flagged = citations.filter(({ flag }) => flag !== undefined)
  return (
    <aside class="stack articles-evidence" aria-label={t('articles.evidence')}>
      {flagged.length > 0 && <Reviewed article={article} />}
      <section class="stack stack-tight">
        <h2>{t('articles.evidence')}</h2>
        {citations.length === 0 && <p class="muted">{t('articles.noEvidence')}</p>}
        {citations.map((citation) => (
          <CitedPost
            key={`${citation.section} ${citation.postId}`}
            citation={citation}
            threadId={threadId}
            language={article.language}
          />
        ))}
      </section>
      {threadId !== undefined && (
        <p>
          <Link href={`~/app/threads/${threadId}`}>{t('articles.thread')}</Link>
        </p>
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

/** For a manager who has read the posts as they are now and finds that the article still holds. */
function Reviewed({ article }: { readonly article: Article }) {
  const path = `/articles/${article.id}`
  const review = useAction(async () => {
    const { data, etag } = await call<Article>('PATCH', path, {
      body: { reviewedCitations: true },
      ifMatch: versionOf(article),
    })
    remember(path, data, etag)
    refresh('/articles')
  })
  return (
    <div class="stack stack-tight">
      <Note kind="warn">{t('articles.flaggedNote')}</Note>
      {hasRole('knowledge-manager') && (
        <div>
          <Button icon="check" isDisabled={review.isRunning} onClick={() => void review.run()}>
            {t('articles.stillHolds')}
          </Button>
        </div>
      )}
      {review.problem !== undefined && <ProblemNote problem={review.problem} />}
    </div>
  )
}

export function CitedPost({
  citation,
  threadId,
  language,
}: {
  readonly citation: Citation
  /** Absent where the reader may not see the thread. */
  readonly threadId: string | undefined
  readonly language: string
}) {
  const { section, postId, author, flag, flaggedAt } = citation
  const thread = useResource<Thread>(`/threads/${threadId}`, {
    query: AS_HTML,
    enabled: threadId !== undefined,
  })
  const post = thread.data?.posts.find(({ id }) => id === postId)
  return (
    <details class="articles-post" open={flag !== undefined}>
      <summary>
        {t('articles.citation', {
          section: fieldName(section),
          author: author ?? post?.author?.name ?? t('articles.somebody'),
        })}
      </summary>
      {flag !== undefined && (
        <div class="articles-flag" data-stop tabIndex={-1}>
          <Note kind="warn">
            {flagSentence(citation)}{' '}
            {flaggedAt !== undefined && <span class="muted">{ago(flaggedAt, Date.now())}</span>}
          </Note>
        </div>
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
