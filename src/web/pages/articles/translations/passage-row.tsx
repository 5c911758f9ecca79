import { useAction } from '../../../api/action.ts'
import { WordChanges } from '../../../editor/word-changes.tsx'
import { ago } from '../../../messages/format.ts'
import { currentLanguage, t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Badge, Note, ProblemNote } from '../../../parts/states.tsx'
import { RenderedHtml } from '../../../parts/trusted-html.tsx'
import { fieldName } from '../names.ts'
import { PassageEditor } from './passage-editor.tsx'
import { langOf, type TranslatedPassage, type Translation } from './translation.ts'
import type { TranslationWork } from './use-translation.ts'

const KINDS = { open: 'warn', translated: 'good', stale: 'warn' } as const

interface PassageRowProps {
  readonly translation: Translation
  readonly passage: TranslatedPassage
  /** Its number among those of its section. */
  readonly number: number
  readonly work: TranslationWork
  readonly isEdited: boolean
  onEdit(): void
  onSaved(): void
  onLeave(): void
}

/** A passage of the original and what the translation says in its place. */
export function PassageRow(props: PassageRowProps) {
  const { translation, passage, number, work, isEdited, onEdit, onSaved, onLeave } = props
  const { id, section, source, before, state, since, lock } = passage
  const { original, language } = translation
  const name = section === 'title' ? fieldName(section) : `${fieldName(section)} ${number}`
  const isTaken = lock !== undefined && !lock.own
  const edit = useAction(async () => {
    await work.lock(id)
    onEdit()
  })
  return (
    <li class="translation-row" id={id} aria-label={name} data-state={state}>
      <div class="stack stack-tight" lang={langOf(original.language)}>
        {source === undefined && (
          <p class="muted" lang={currentLanguage()}>
            {t('translations.noSource')}
          </p>
        )}
        {state === 'stale' && before !== undefined ? (
          <WordChanges before={before} after={source?.text ?? ''} language={original.language} />
        ) : (
          source !== undefined && <Text of={source} isTitle={section === 'title'} />
        )}
      </div>
      <div class="stack stack-tight">
        <div class="row">
          <Badge kind={KINDS[state]}>{t(`translations.state-${state}`)}</Badge>
          {since !== undefined && (
            <time class="muted small" dateTime={since}>
              {ago(since, Date.now())}
            </time>
          )}
          {isTaken && <Note>{t('translations.lockedBy', { name: lock.by.name })}</Note>}
          {passage.proposal !== undefined && !isEdited && <Badge>{t('translations.hasProposal')}</Badge>}
          {!isEdited && (
            <Button
              kind={state === 'translated' ? 'quiet' : undefined}
              label={t(state === 'open' ? 'translations.translatePassage' : 'translations.editPassage', {
                passage: name,
              })}
              isDisabled={isTaken || edit.isRunning}
              onClick={() => void edit.run()}
            >
              {t(state === 'open' ? 'translations.translate' : 'parts.edit')}
            </Button>
          )}
        </div>
        {isEdited ? (
          <PassageEditor
            name={name}
            translationId={translation.id}
            passage={passage}
            language={language}
            proposes={translation.proposes}
            work={work}
            onSaved={onSaved}
            onLeave={onLeave}
          />
        ) : (
          <>
            {passage.text !== '' && (
              <div lang={langOf(language)}>
                <Text of={passage} isTitle={section === 'title'} />
              </div>
            )}
            {edit.problem !== undefined && <ProblemNote problem={edit.problem} />}
          </>
        )}
      </div>
    </li>
  )
}

/** A block that stands for no passage of the original. */
export function AdditionRow({
  addition,
  language,
}: {
  readonly addition: Translation['additions'][number]
  readonly language: string
}) {
  return (
    <li class="translation-row">
      <p class="muted">{t('translations.addition')}</p>
      <div lang={langOf(language)}>
        <RenderedHtml html={addition.html} />
      </div>
    </li>
  )
}

function Text({
  of: { text, html },
  isTitle,
}: {
  readonly of: { readonly text: string; readonly html: string }
  readonly isTitle: boolean
}) {
  return isTitle ? <p class="translation-title">{text}</p> : <RenderedHtml html={html} />
}
