import { useEffect, useState } from 'preact/hooks'
import { type Answer, isWaiting } from '../../answers/answer.ts'
import { answers, isStoreRefusing, waiting, waitingSince } from '../../answers/answers.ts'
import { clockTime } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Badge, Note } from '../../parts/states.tsx'
import { titleOf } from '../../parts/title.ts'
import { session } from '../../sign-in/session.ts'
import type { Past } from './queue.ts'
import { useHistoryKeys } from './use-review-keys.ts'

/** After so long without the server's answer, what waits is shown as a warning. */
const LATE_MS = 10_000

/** The last ten answers: each may be taken back, without haste. */
export function History({ queue }: { readonly queue: Past }) {
  useHistoryKeys(queue)
  const history = queue.history.value
  return (
    <section class="review-history stack stack-tight" aria-labelledby="review-history">
      <h2 id="review-history">{t('review.history')}</h2>
      <Saving />
      {isStoreRefusing.value && waiting.value > 0 && <Note kind="warn">{t('review.notKeptHere')}</Note>}
      {history.length === 0 ? (
        <p class="small muted">{t('review.noHistory')}</p>
      ) : (
        <ol>
          {history.map((answer, at) => (
            <Row key={answer.key} answer={answer} isLatest={at === 0} onUndo={() => queue.undo(answer)} />
          ))}
        </ol>
      )}
      {queue.undone.value.length > 0 && (
        <div>
          <Button kind="quiet" keys="Shift+z" onClick={queue.redo}>
            {t('review.redo')}
          </Button>
        </div>
      )}
    </section>
  )
}

function Row({
  answer,
  isLatest,
  onUndo,
}: {
  readonly answer: Answer
  readonly isLatest: boolean
  onUndo(): void
}) {
  const { items, isUnlikely, refusal } = answer
  const title = items[0] === undefined ? '' : titleOf(items[0])
  return (
    <li class="review-past">
      <div class="review-past-text">
        <p class="clip small muted" title={title}>
          {items.length > 1 ? t('review.alike', { count: items.length, title }) : title}
        </p>
        <p class="row">
          <strong>{nameOf(answer.given)}</strong>
          {refusal !== undefined && <Badge kind="bad">{t('review.refused')}</Badge>}
          {isUnlikely && refusal === undefined && <Badge kind="warn">{t('review.unlikely')}</Badge>}
        </p>
        {refusal !== undefined && <p class="small">{refusal.message}</p>}
      </div>
      <Button
        kind="quiet"
        icon={isLatest ? undefined : 'rotate-ccw'}
        keys={isLatest ? 'z' : undefined}
        label={t('review.undoOf', { answer: nameOf(answer.given), title })}
        onClick={onUndo}
      />
    </li>
  )
}

const NAMES = {
  skip: 'review.skipped',
  'not-sure': 'review.notSure',
  dispute: 'review.disputed',
} as const

/** What an answer is called. */
export function nameOf(given: Answer['given']): string {
  if (given.kind === 'label') return given.label
  return t(NAMES[given.kind])
}

/** When the server had everything, or what it has yet to take. */
function Saving() {
  const count = waiting.value
  const since = waitingSince.value
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    setLate(since !== undefined && Date.now() - since >= LATE_MS)
    if (since === undefined) return
    const timer = setTimeout(() => setLate(true), Math.max(0, since + LATE_MS - Date.now()))
    return () => clearTimeout(timer)
  }, [since])
  if (count === 0) {
    const saved = answers.value.findLast((each) => !isWaiting(each) && each.savedAt !== undefined)?.savedAt
    if (saved === undefined) return null
    return <p class="small muted">{t('parts.savedAt', { time: clockTime(new Date(saved)) })}</p>
  }
  if (session.value.state === 'lost') return <Note kind="warn">{t('review.waitsForSignIn', { count })}</Note>
  if (isLate) return <Note kind="warn">{t('review.waitsForServer', { count })}</Note>
  return <p class="small muted">{t('parts.saving')}</p>
}
