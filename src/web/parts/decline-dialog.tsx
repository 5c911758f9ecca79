import { useState } from 'preact/hooks'
import { t } from '../messages/messages.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { TextArea } from './field.tsx'

const LONGEST_NOTE = 500

/** Why something is declined: one of some reasons, and a remark. */
export function DeclineDialog<Reason extends string>({
  title,
  reasons,
  nameOf,
  onDecline,
  onClose,
}: {
  readonly title: string
  readonly reasons: readonly Reason[]
  nameOf(reason: Reason): string
  onDecline(reason: Reason, note: string | undefined): void
  onClose(): void
}) {
  const [reason, choose] = useState<Reason>()
  const [note, setNote] = useState('')
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (reason === undefined) return
          onClose()
          onDecline(reason, note.trim() === '' ? undefined : note.trim())
        }}
      >
        <fieldset class="stack stack-tight">
          <legend>{t('parts.declineReason')}</legend>
          {reasons.map((each, place) => (
            <label key={each} class="check">
              <input
                type="radio"
                name="reason"
                required
                autofocus={place === 0}
                checked={each === reason}
                onChange={() => choose(each)}
              />
              <span>{nameOf(each)}</span>
            </label>
          ))}
        </fieldset>
        <TextArea
          label={t('parts.declineNote')}
          value={note}
          rows={2}
          most={LONGEST_NOTE}
          onInput={setNote}
        />
        <div class="row">
          <Button kind="primary" type="submit" isDisabled={reason === undefined}>
            {t('parts.decline')}
          </Button>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
