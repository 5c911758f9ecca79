import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import type { Queue } from './queue.ts'

/** What else one may do with a post than give it a label. */
export function Actions({
  queue,
  isWhy,
  onWhy,
  onNote,
  onDispute,
}: {
  readonly queue: Queue
  readonly isWhy: boolean
  onWhy(): void
  onNote(): void
  onDispute(): void
}) {
  return (
    <div class="review-actions">
      <Button kind="quiet" keys="s" onClick={() => queue.answer({ kind: 'skip' })}>
        {t('review.skip')}
      </Button>
      <Button kind="quiet" keys="Shift+s" onClick={() => queue.answer({ kind: 'not-sure' })}>
        {t('review.notSure')}
      </Button>
      <Button kind="quiet" keys="n" onClick={onNote}>
        {t('review.note')}
      </Button>
      <Button kind="quiet" keys="c" onClick={onDispute}>
        {t('review.dispute')}
      </Button>
      <Button kind="quiet" keys="w" isPressed={isWhy} onClick={onWhy}>
        {t('review.why')}
      </Button>
    </div>
  )
}
