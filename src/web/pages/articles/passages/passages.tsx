import type { ComponentChildren } from 'preact'
import { t } from '../../../messages/messages.ts'
import { Badge } from '../../../parts/states.tsx'
import { RenderedHtml } from '../../../parts/trusted-html.tsx'
import { hasRole } from '../../../sign-in/session.ts'
import type { Article, Section } from '../article.ts'
import { Flag } from './flag.tsx'
import { isPointedTo, onePerPost, type Passage, type Pointed } from './passage.ts'

interface PassagesProps {
  readonly article: Article
  readonly section: Section
  readonly passages: readonly Passage[]
  readonly pointed: Pointed
  onPoint(pointed: Pointed): void
}

/** A section passage by passage: each with the posts that it rests on, and with what changed there. */
export function Passages({ article, section, passages, pointed, onPoint }: PassagesProps) {
  return (
    <>
      {passages
        .filter((passage) => passage.section === section)
        .filter(({ text, citations }) => text !== '' || citations.some(({ flag }) => flag !== undefined))
        .map((passage) => (
          <PassageBlock
            key={passage.id}
            passage={passage}
            isPointed={isPointedTo(passage, pointed)}
            onPoint={onPoint}
          >
            {onePerPost(passage.citations)
              .filter(({ flag }) => flag !== undefined)
              .map((citation) => (
                <Flag key={citation.postId} article={article} passage={passage} citation={citation} />
              ))}
          </PassageBlock>
        ))}
    </>
  )
}

function PassageBlock({
  passage: { id, html, citations, unsourced },
  isPointed,
  onPoint,
  children,
}: {
  readonly passage: Passage
  readonly isPointed: boolean
  readonly children: ComponentChildren
  onPoint(pointed: Pointed): void
}) {
  const point = () => onPoint({ passageId: id })
  const leave = () => onPoint({})
  const authors = [...new Set(citations.map(({ author }) => author ?? t('articles.somebody')))]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing is for the eye; the keyboard reaches the button in it
    <div
      class="passage"
      data-pointed={isPointed || undefined}
      data-flagged={citations.some(({ flag }) => flag !== undefined) || undefined}
      onMouseEnter={point}
      onMouseLeave={leave}
      onFocusCapture={point}
      onBlurCapture={leave}
    >
      {html !== '' && <RenderedHtml html={html} />}
      {authors.length > 0 && html !== '' && (
        <button type="button" class="passage-source" onClick={() => showPost(citations[0]?.postId)}>
          {authors.join(', ')}
        </button>
      )}
      {unsourced === true && hasRole('knowledge-manager') && <Badge>{t('articles.unsourced')}</Badge>}
      {children}
    </div>
  )
}

/** Opens a post beside the article, and goes there. */
function showPost(postId: string | undefined): void {
  const post = document.querySelector<HTMLDetailsElement>(`[data-post="${postId}"]`)
  if (post === null) return
  post.open = true
  post.querySelector('summary')?.focus()
  post.scrollIntoView({ block: 'nearest' })
}
