import { inLanguage, t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Empty } from '../../parts/states.tsx'
import { hasRole } from '../../sign-in/session.ts'
import type { Queue } from './queue.ts'

/** Nothing is left to answer: why, and what to do next. */
export function EndOfQueue({ queue }: { readonly queue: Queue }) {
  const notice = queue.notice.value
  return (
    <Empty title={t('review.done')}>
      {notice !== undefined && <p>{inLanguage(notice)}</p>}
      <div class="row">
        {notice?.code === 'empty' && hasRole('supervisor', 'admin') ? (
          <ButtonLink kind="primary" href="~/app/sources">
            {t('review.importThreads')}
          </ButtonLink>
        ) : (
          <Button kind="primary" icon="rotate-ccw" onClick={() => void queue.load({ anew: true })}>
            {t('review.askAgain')}
          </Button>
        )}
        {hasRole('knowledge-manager', 'supervisor') && (
          <ButtonLink icon="scale" href="~/app/conflicts">
            {t('review.toConflicts')}
          </ButtonLink>
        )}
        <ButtonLink icon="message-square" href="~/app/threads">
          {t('review.toThreads')}
        </ButtonLink>
      </div>
    </Empty>
  )
}
