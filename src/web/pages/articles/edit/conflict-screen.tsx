import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { MergeEditor } from '../../../editor/markdown-editor.tsx'
import { WordChanges } from '../../../editor/word-changes.tsx'
import { moment } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { TextField } from '../../../parts/field.tsx'
import type { Content } from '../article.ts'
import { fieldName } from '../names.ts'
import type { Conflict } from './draft-session.ts'
import { type Field, mergeContent } from './merge-content.ts'

interface ConflictScreenProps {
  readonly conflict: Conflict
  readonly ours: Content
  /** Each change to our text while both are compared. */
  onEdit(change: Partial<Content>): void
  onResolve(content: Content): void
}

/** Two people wrote at once: both texts, what was changed by whom, and two ways on. */
export function ConflictScreen({ conflict, ours, onEdit, onResolve }: ConflictScreenProps) {
  const { theirs, base, kind } = conflict
  const who = conflict.by || t('articles.somebody')
  const heading = useRef<HTMLHeadingElement>(null)
  // What was merged at the start stays, whatever is typed afterwards.
  const [merge] = useState(() => mergeContent(ours, theirs, base))
  const [content, setContent] = useState(merge.content)
  useLayoutEffect(() => heading.current?.focus(), [])
  const edit = (change: Partial<Content>) => {
    setContent((before) => ({ ...before, ...change }))
    onEdit(change)
  }
  const at = conflict.at === '' ? '' : moment(conflict.at)
  return (
    <section class="stack">
      <div class="articles-conflict">
        <h2 ref={heading} tabIndex={-1}>
          {t(kind === 'draft' ? 'articles.conflictDraft' : 'articles.conflictArticle', { who, at })}
        </h2>
        <p>{t('articles.conflictSafe', { who })}</p>
        <Merged fields={merge.onlyOurs} sentence={(fields) => t('articles.onlyOurs', { fields })} />
        <Merged fields={merge.onlyTheirs} sentence={(fields) => t('articles.onlyTheirs', { fields, who })} />
      </div>
      {merge.both.map((field) => (
        <FieldConflict
          key={field}
          field={field}
          theirs={theirs[field]}
          ours={content[field]}
          language={content.language}
          who={who}
          onInput={(value) => edit({ [field]: value })}
        />
      ))}
      <div class="row">
        <Button kind="primary" onClick={() => onResolve(content)}>
          {t('articles.goOnOurs')}
        </Button>
        <Button onClick={() => onResolve(theirs)}>{t('articles.goOnTheirs', { who })}</Button>
      </div>
    </section>
  )
}

function Merged({
  fields,
  sentence,
}: {
  readonly fields: readonly Field[]
  sentence(fields: string): string
}) {
  return fields.length === 0 ? null : <p>{sentence(fields.map(fieldName).join(', '))}</p>
}

function FieldConflict({
  field,
  theirs,
  ours,
  language,
  who,
  onInput,
}: {
  readonly field: Field
  readonly theirs: string
  readonly ours: string
  readonly language: string
  readonly who: string
  onInput(value: string): void
}) {
  const name = fieldName(field)
  const theirLabel = t('articles.theirs', { name, who })
  const ourLabel = t('articles.ours', { name })
  // The merge view begins with our text, and keeps its own from then on.
  const start = useMemo(() => ours, [])
  if (field === 'title' || field === 'language')
    return (
      <div class="articles-pair">
        <div class="stack stack-tight">
          <h3>{theirLabel}</h3>
          <WordChanges before={start} after={theirs} language={language} />
          <div>
            <Button onClick={() => onInput(theirs)}>{t('articles.take')}</Button>
          </div>
        </div>
        <TextField label={ourLabel} value={ours} onInput={onInput} />
      </div>
    )
  return (
    <div class="stack stack-tight">
      <div class="articles-pair">
        <h3>{theirLabel}</h3>
        <h3>{ourLabel}</h3>
      </div>
      <div class="articles-editor">
        <MergeEditor
          language={language}
          theirs={theirs}
          theirLabel={theirLabel}
          ours={start}
          ourLabel={ourLabel}
          takeLabel={t('articles.take')}
          onInput={onInput}
        />
      </div>
    </div>
  )
}
