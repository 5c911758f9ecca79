import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../messages/messages.ts'
import { LONGEST_TEXT } from '../../parts/field.tsx'
import { noteOf, recallNote, writeNote } from './notes.ts'

/** A note that goes with the answer. Enter or Escape leaves it, and the digits answer again. */
export function NoteField({
  facet,
  threadId,
  isOpen,
  onClose,
}: {
  readonly facet: string
  readonly threadId: string
  readonly isOpen: boolean
  onClose(): void
}) {
  const field = useRef<HTMLTextAreaElement>(null)
  const text = noteOf(facet, threadId) ?? ''
  useEffect(() => {
    recallNote(facet, threadId)
  }, [])
  // Before the next key is heard: what is typed must not answer.
  useLayoutEffect(() => {
    if (isOpen) field.current?.focus()
  }, [isOpen])
  if (!isOpen && text === '') return null
  return (
    <div class="field">
      <label for="review-note">{t('review.note')}</label>
      <textarea
        id="review-note"
        ref={field}
        class="input"
        rows={2}
        maxLength={LONGEST_TEXT}
        value={text}
        aria-describedby="review-note-about"
        onInput={({ currentTarget }) => writeNote(facet, threadId, currentTarget.value)}
        onKeyDown={(event) => {
          const isDone = event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)
          if (!isDone || event.isComposing) return
          event.preventDefault()
          event.stopPropagation()
          event.currentTarget.blur()
          onClose()
        }}
      />
      <span id="review-note-about" class="small muted">
        {t('review.noteHint')}
      </span>
    </div>
  )
}
