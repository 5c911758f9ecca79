import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh } from '../../../api/resource.ts'
import type { Get } from '../../../api/types.ts'
import { moment } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Badge, ProblemNote } from '../../../parts/states.tsx'
import { isOneOf, pathOf } from '../thread.ts'

type OutgoingAnswer = Get<'/api/threads/{id}/answering'>['outgoing'][number]

const PROBLEMS = ['key', 'no-key', 'topic', 'text', 'busy', 'away', 'redirect', 'unreadable'] as const
const KINDS = { sending: undefined, sent: 'good', held: 'warn', failed: 'bad' } as const

/** The answers that went, or are to go, to the community of a thread, and what became of each. */
export function Outgoing({
  threadId,
  answers,
  onTakeBack,
}: {
  readonly threadId: string
  readonly answers: readonly OutgoingAnswer[]
  /** An answer that was not posted goes back to the editor. */
  onTakeBack(body: string): void
}) {
  const act = useAction(async (way: 'POST' | 'DELETE', { id, body }: OutgoingAnswer) => {
    const path = `${pathOf(threadId)}/answers/${encodeURIComponent(id)}`
    await call(way, way === 'POST' ? `${path}/retry` : path)
    if (way === 'DELETE') onTakeBack(body)
    refresh(`${pathOf(threadId)}/answering`)
  })
  if (answers.length === 0) return null
  return (
    <section class="stack stack-tight" aria-labelledby="threads-outgoing">
      <h3 id="threads-outgoing">{t('threads.outgoing')}</h3>
      {act.problem !== undefined && <ProblemNote problem={act.problem} />}
      <ol class="threads-suggested" aria-live="polite">
        {answers.map((answer) => (
          <li key={answer.id} class="stack stack-tight">
            <p class="row small">
              <Badge kind={KINDS[answer.status]}>{t(`threads.outgoing-${answer.status}`)}</Badge>
              <span class="muted">
                {answer.actor.name} · {moment(answer.sentAt ?? answer.createdAt)}
              </span>
              {answer.url !== undefined && (
                <a href={answer.url} target="_blank" rel="noreferrer noopener">
                  {t('threads.atSource')}
                </a>
              )}
            </p>
            <Why answer={answer} />
            {answer.status === 'failed' && (
              <div class="row">
                <Button
                  icon="rotate-ccw"
                  isDisabled={act.isRunning}
                  onClick={() => void act.run('POST', answer)}
                >
                  {t('parts.retry')}
                </Button>
                <Button isDisabled={act.isRunning} onClick={() => void act.run('DELETE', answer)}>
                  {t('threads.withdrawAnswer')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Why an answer is not there yet, and when it is tried again. */
function Why({ answer: { problem, said, nextAt } }: { readonly answer: OutgoingAnswer }) {
  if (problem === undefined) return null
  return (
    <p class="small">
      {isOneOf(PROBLEMS, problem) ? t(`threads.outgoing-problem-${problem}`) : problem}
      {said !== undefined && ` ${t('threads.outgoingSaid', { said })}`}
      {nextAt !== undefined && ` ${t('threads.outgoingAgain', { at: moment(nextAt) })}`}
    </p>
  )
}
