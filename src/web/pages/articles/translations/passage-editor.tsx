import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { Problem } from '../../../api/client.ts'
import { useCommands } from '../../../keys/commands.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { keepText, keptText } from '../../../parts/kept-text.ts'
import { Note, ProblemNote } from '../../../parts/states.tsx'
import { langOf, type TranslatedPassage } from './translation.ts'
import type { TranslationWork } from './use-translation.ts'

/** A lease is 90 s: two renewals may be lost. */
const RENEW_MS = 30_000

/** Writes the translation of a passage, which is locked as long as this is shown. */
export function PassageEditor({
  name,
  translationId,
  passage,
  language,
  proposes,
  work,
  onSaved,
  onLeave,
}: {
  readonly name: string
  readonly translationId: string
  readonly passage: TranslatedPassage
  readonly language: string
  readonly proposes: boolean
  readonly work: TranslationWork
  onSaved(): void
  onLeave(): void
}) {
  const { id } = passage
  const kept = `translation ${translationId} ${id}`
  const [text, setText] = useState(() => keptText(kept) ?? (passage.text || passage.proposal || ''))
  const [version, setVersion] = useState(passage.version)
  const [theirs, setTheirs] = useState<TranslatedPassage>()
  const area = useRef<HTMLTextAreaElement>(null)
  const isProposed = passage.proposal !== undefined && text === passage.proposal
  useLayoutEffect(() => area.current?.focus(), [])
  useEffect(() => {
    const timer = setInterval(() => void work.lock(id).catch(() => {}), RENEW_MS)
    return () => {
      clearInterval(timer)
      work.release(id)
    }
  }, [id])

  const write = (next: string) => {
    setText(next)
    keepText(kept, next)
  }
  const save = useAction(async () => {
    try {
      await saveAt(version)
      keepText(kept, '')
      onSaved()
    } catch (error) {
      const current =
        error instanceof Problem ? (error.body.current as TranslatedPassage | undefined) : undefined
      if (current === undefined || current.version === version) throw error
      setTheirs(current)
      setVersion(current.version)
    }
  })
  /** A lock that ended while nobody else came is taken again. */
  async function saveAt(read: number): Promise<void> {
    try {
      await work.save(id, text, read)
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'TRANSLATION_PASSAGE_UNLOCKED') throw error
      await work.lock(id)
      await work.save(id, text, read)
    }
  }
  const propose = useAction(async () => {
    await work.propose([id])
  })
  // What is proposed while nothing was typed is offered in the field itself.
  const { proposal } = passage
  useEffect(() => {
    if (proposal !== undefined && text.trim() === '') write(proposal)
  }, [proposal])

  useCommands(t('translations.passage'), [
    {
      id: 'translation-save',
      label: t('translations.save'),
      keys: ['$mod+Enter'],
      run: () => void save.run(),
    },
  ])
  return (
    <form
      class="stack stack-tight"
      onSubmit={(event) => {
        event.preventDefault()
        void save.run()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return
        event.preventDefault()
        event.stopPropagation()
        onLeave()
      }}
    >
      {isProposed && <Note kind="warn">{t('translations.proposed')}</Note>}
      <textarea
        ref={area}
        class="input translation-text"
        aria-label={t('translations.translationOf', { passage: name })}
        lang={langOf(language)}
        rows={Math.max(3, Math.ceil(text.length / 50))}
        value={text}
        onInput={({ currentTarget }) => write(currentTarget.value)}
      />
      {theirs !== undefined && (
        <div class="stack stack-tight" role="alert">
          <Note kind="warn">{t('translations.conflict')}</Note>
          <blockquote lang={langOf(language)}>{theirs.text}</blockquote>
          <div>
            <Button
              onClick={() => {
                write(theirs.text)
                setTheirs(undefined)
                area.current?.focus()
              }}
            >
              {t('translations.takeTheirs')}
            </Button>
          </div>
        </div>
      )}
      {save.problem !== undefined && <ProblemNote problem={save.problem} />}
      {propose.problem !== undefined && <ProblemNote problem={propose.problem} />}
      <div class="row">
        <Button kind="primary" type="submit" keys="$mod+Enter" isDisabled={save.isRunning}>
          {t(theirs === undefined ? 'translations.save' : 'translations.keepMine')}
        </Button>
        <Button kind="quiet" onClick={onLeave}>
          {t('translations.leave')}
        </Button>
        {proposes && passage.source !== undefined && (
          <Button kind="quiet" isDisabled={propose.isRunning} onClick={() => void propose.run()}>
            {t('translations.propose')}
          </Button>
        )}
        {passage.proposal !== undefined && !isProposed && (
          <Button kind="quiet" onClick={() => write(passage.proposal ?? '')}>
            {t('translations.useProposal')}
          </Button>
        )}
      </div>
    </form>
  )
}
