import { useRef } from 'preact/hooks'
import { useSearchParams } from 'wouter-preact'
import type { EditorHandle } from '../../../editor/markdown-editor.tsx'
import { useCommands } from '../../../keys/commands.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { SelectField, TextField } from '../../../parts/field.tsx'
import { type Article, type Content, LANGUAGES, SECTIONS, type Section } from '../article.ts'
import { fieldName, languageName } from '../names.ts'
import { goThroughSections } from './go-through-sections.ts'
import { SectionEditor } from './section-editor.tsx'

const SEND_TO = {
  issue: 'articles.sendToIssue',
  environment: 'articles.sendToEnvironment',
  resolution: 'articles.sendToResolution',
  cause: 'articles.sendToCause',
} as const

interface DraftFormProps {
  readonly article: Article
  readonly content: Content
  onEdit(change: Partial<Content>): void
}

/** Title, language and sections, each with what readers will see beside it. */
export function DraftForm({ article, content, onEdit }: DraftFormProps) {
  const [search, setSearch] = useSearchParams()
  const showsPreview = search.get('preview') !== 'no'
  const showsChanges = search.get('changes') === 'yes'
  const form = useRef<HTMLDivElement>(null)
  const editors = useRef(SECTIONS.map(() => ({ current: undefined as EditorHandle | undefined })))
  const show = (name: 'preview' | 'changes', value: string | undefined) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === undefined) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  const goTo = (direction: 'next' | 'previous') => {
    if (!showsChanges) show('changes', 'yes')
    // The marks are there once the page is drawn again.
    requestAnimationFrame(() => goThroughSections(form.current, editors.current, direction))
  }
  /** Moves what is selected to the end of another section. */
  const send = (to: Section) => {
    const from = SECTIONS.findIndex((_, index) => editors.current[index]?.current?.hasSelection() === true)
    if (from < 0 || SECTIONS[from] === to) return
    const passage = editors.current[from]?.current?.takeSelection().trim() ?? ''
    onEdit({ [to]: [content[to].trimEnd(), passage].filter((text) => text !== '').join('\n\n') })
  }
  useCommands(t('articles.edit'), [
    { id: 'next-change', label: t('articles.nextStop'), keys: ['Alt+ArrowDown'], run: () => goTo('next') },
    {
      id: 'previous-change',
      label: t('articles.previousStop'),
      keys: ['Alt+ArrowUp'],
      run: () => goTo('previous'),
    },
    ...SECTIONS.map((section, index) => ({
      id: `send-to-${section}`,
      label: t(SEND_TO[section]),
      keys: [`Alt+Digit${index + 1}`],
      run: () => send(section),
    })),
    {
      id: 'toggle-preview',
      label: t('articles.preview'),
      run: () => show('preview', showsPreview ? 'no' : undefined),
    },
  ])
  const languages = LANGUAGES.some((each) => each === content.language)
    ? LANGUAGES
    : [...LANGUAGES, content.language]
  return (
    <div class="stack" ref={form} data-preview={showsPreview || undefined}>
      <div class="articles-head">
        <TextField
          label={fieldName('title')}
          value={content.title}
          maxLength={500}
          required
          onInput={(title) => onEdit({ title })}
        />
        <SelectField
          label={fieldName('language')}
          value={content.language}
          choices={languages.map((each) => ({ value: each, label: languageName(each) }))}
          onChoose={(language) => onEdit({ language })}
        />
        <div class="row">
          <Button isPressed={showsPreview} onClick={() => show('preview', showsPreview ? 'no' : undefined)}>
            {t('articles.preview')}
          </Button>
          <Button
            isPressed={showsChanges}
            keys="Alt+ArrowDown"
            onClick={() => show('changes', showsChanges ? undefined : 'yes')}
          >
            {t('articles.changes')}
          </Button>
        </div>
      </div>
      {SECTIONS.map((section, index) => (
        <SectionEditor
          key={section}
          section={section}
          value={content[section]}
          language={content.language}
          changesFrom={showsChanges ? article[section] : undefined}
          showsPreview={showsPreview}
          citations={article.citations.filter((each) => each.section === section)}
          handle={editors.current[index]}
          onInput={(text) => onEdit({ [section]: text })}
        />
      ))}
    </div>
  )
}
