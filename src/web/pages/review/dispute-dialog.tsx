import { useLayoutEffect, useRef } from 'preact/hooks'
import type { QueueItem } from '../../answers/answer.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextArea } from '../../parts/field.tsx'
import { titleOf } from '../../parts/title.ts'
import { noteOf, writeNote } from './notes.ts'
import type { Queue } from './queue.ts'

/** Says what is wrong with the labels or guidelines for an item, so that a knowledge manager rules on it. */
export function DisputeDialog({
  queue,
  item,
  onClose,
}: {
  readonly queue: Queue
  readonly item: QueueItem
  onClose(): void
}) {
  const { facet } = queue
  const form = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => form.current?.querySelector('textarea')?.focus(), [])
  const reason = noteOf(facet, item.threadId) ?? ''
  return (
    <Dialog title={t('review.dispute')} onClose={onClose}>
      <form
        ref={form}
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() === '') return
          onClose()
          queue.answer({ kind: 'dispute' })
        }}
      >
        <p class="clip">{titleOf(item)}</p>
        <p class="muted">{t('review.disputeAbout')}</p>
        <TextArea
          label={t('review.disputeReason')}
          value={reason}
          isRequired
          onInput={(text) => writeNote(facet, item.threadId, text)}
        />
        <div class="row">
          <Button type="submit" kind="primary" isDisabled={reason.trim() === ''}>
            {t('review.disputeSend')}
          </Button>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
