import { useEffect, useState } from 'preact/hooks'
import { type EditorHandle, MarkdownEditor } from '../../../editor/markdown-editor.tsx'
import { t } from '../../../messages/messages.ts'
import type { Citation, Section } from '../article.ts'
import { CitedPost } from '../evidence.tsx'
import { fieldName } from '../names.ts'
import { onePerPost } from '../passages/passage.ts'
import { Rendered } from '../rendered.tsx'

interface SectionEditorProps {
  readonly section: Section
  readonly value: string
  readonly language: string
  readonly changesFrom: string | undefined
  readonly showsPreview: boolean
  /** What the section rests on. */
  readonly citations: readonly Citation[]
  readonly handle: { current: EditorHandle | undefined } | undefined
  onInput(value: string): void
}

/** A section of an article: its Markdown, what readers will see, and the posts that it rests on. */
export function SectionEditor(props: SectionEditorProps) {
  const { section, value, language, changesFrom, showsPreview, citations, handle, onInput } = props
  const name = fieldName(section)
  return (
    <section class="articles-section" aria-label={name}>
      <div class="stack stack-tight">
        <h2 class="articles-section-name">{name}</h2>
        <div class="articles-editor">
          <MarkdownEditor
            label={name}
            language={language}
            value={value}
            changesFrom={changesFrom}
            handle={handle}
            onInput={onInput}
          />
        </div>
        {onePerPost(citations).map((citation) => (
          <CitedPost key={citation.postId} citation={citation} language={language} />
        ))}
      </div>
      {showsPreview && <Preview name={name} markdown={value} language={language} />}
    </section>
  )
}

/** While somebody types, the server is asked this long after the last key. */
const PAUSE_MS = 150

function Preview({
  name,
  markdown,
  language,
}: {
  readonly name: string
  readonly markdown: string
  readonly language: string
}) {
  const [shown, setShown] = useState(markdown)
  useEffect(() => {
    const timer = setTimeout(() => setShown(markdown), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [markdown])
  return (
    <section class="articles-preview stack stack-tight" aria-label={t('articles.previewOf', { name })}>
      {shown.trim() !== '' && (
        <p class="articles-section-name" aria-hidden="true">
          {t('articles.preview')}
        </p>
      )}
      <Rendered markdown={shown} language={language} />
    </section>
  )
}
