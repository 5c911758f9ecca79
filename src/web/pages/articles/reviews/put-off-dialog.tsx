import { useState } from 'preact/hooks'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { TextArea, TextField } from '../../../parts/field.tsx'

const DAY_MS = 86_400_000
/** Days that are offered at first. */
const USUAL = 30

/** Until when to put reviews off, and why. */
export function PutOffDialog({
  about,
  onPutOff,
  onClose,
}: {
  readonly about: string
  onPutOff(until: string, reason: string): void
  onClose(): void
}) {
  const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
  const [until, setUntil] = useState(dayIn(USUAL))
  const [reason, setReason] = useState('')
  const isReady = reason.trim() !== '' && until !== ''
  return (
    <Dialog title={t('reviews.putOffTitle', { about })} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isReady) return
          onClose()
          onPutOff(`${until}T00:00:00.000Z`, reason.trim())
        }}
      >
        <TextField
          label={t('reviews.until')}
          type="date"
          min={dayIn(1)}
          required
          autofocus
          value={until}
          onInput={setUntil}
        />
        <TextArea label={t('reviews.reason')} value={reason} rows={2} isRequired onInput={setReason} />
        <div class="row">
          <Button kind="primary" type="submit" isDisabled={!isReady}>
            {t('reviews.putOff')}
          </Button>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
