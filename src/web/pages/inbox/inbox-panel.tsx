import { moment } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Empty, Loaded, Note } from '../../parts/states.tsx'
import { hasRole, me } from '../../sign-in/session.ts'
import { AnswerPart, useMarks } from '../threads/answering/answer-form.tsx'
import { Posts } from '../threads/posts.tsx'
import { nameOf } from '../threads/thread.ts'
import { ThreadFacts } from '../threads/thread-parts.tsx'
import { useThread } from '../threads/use-threads.ts'
import { clockOf, priorityName, type ShownInboxThread, stepName } from './inbox.ts'
import { useInboxThread } from './use-inbox.ts'

export type Act = 'take' | 'release' | 'assign' | 'transfer' | 'escalate' | 'calm' | 'merge'

/** The thread beside the list: its clock, who has it, what was done with it, its posts, and where to answer. */
export function InboxPanel({
  id,
  now,
  onAct,
  onClose,
}: {
  readonly id: string
  readonly now: number
  onAct(act: Act): void
  onClose(): void
}) {
  const known = useInboxThread(id)
  const hasLeft = known.problem?.code === 'INBOX_THREAD_ABSENT' || known.problem?.code === 'THREAD_MERGED'
  return (
    <aside class="threads-panel stack" aria-label={t('inbox.thread')}>
      <div class="row row-apart">
        <ButtonLink href={`~/app/threads/${id}`} keys="e">
          {t('threads.openPage')}
        </ButtonLink>
        <Button kind="quiet" icon="x" label={t('parts.close')} onClick={onClose} />
      </div>
      {hasLeft ? (
        <Empty title={t('inbox.left')}>
          <p>{t('inbox.leftHint')}</p>
        </Empty>
      ) : (
        <Loaded resource={known}>
          {(shown) => (
            <>
              <h2 class="threads-title" lang={shown.language === 'und' ? undefined : shown.language}>
                {nameOf(shown)}
              </h2>
              <Standing thread={shown} now={now} />
              <Actions thread={shown} onAct={onAct} />
              <Question id={id} />
              <Steps thread={shown} />
            </>
          )}
        </Loaded>
      )}
    </aside>
  )
}

function Standing({ thread, now }: { readonly thread: ShownInboxThread; readonly now: number }) {
  const { queue, rulesQueue, transferred, priority, escalation, assignee, writing, dueAt } = thread
  const own = me.value?.id
  const { text, kind } = clockOf(thread, now)
  return (
    <div class="stack stack-tight">
      <p class="row">
        <strong class="inbox-panel-clock" data-kind={kind}>
          {text}
        </strong>
        {dueAt !== undefined && <time dateTime={dueAt}>{moment(dueAt)}</time>}
      </p>
      <p class="row small muted">
        <span>{t('inbox.inQueue', { queue })}</span>
        <span>{priorityName(priority)}</span>
        <span>
          {assignee === undefined
            ? t('inbox.nobody')
            : assignee.id === own
              ? t('inbox.youHaveIt')
              : t('inbox.has', { name: assignee.name })}
        </span>
        {writing !== undefined && writing.id !== own && (
          <span>{t('inbox.writes', { name: writing.name })}</span>
        )}
      </p>
      {escalation !== undefined && (
        <Note kind="warn">
          {t('inbox.escalatedBy', { name: escalation.by, at: moment(escalation.at) })}{' '}
          <span class="inbox-note">{escalation.note}</span>
        </Note>
      )}
      {rulesQueue !== queue && (
        <p class="small muted">
          {rulesQueue === undefined
            ? t('inbox.rulesElsewhere')
            : t('inbox.rulesQueue', { queue: rulesQueue })}{' '}
          {t(transferred ? 'inbox.staysTransferred' : 'inbox.staysHeld')}
        </p>
      )}
    </div>
  )
}

function Actions({ thread, onAct }: { readonly thread: ShownInboxThread; onAct(act: Act): void }) {
  if (!hasRole('agent', 'knowledge-manager')) return null
  const { assignee, writing, escalation } = thread
  const own = me.value?.id
  const isOthers = [assignee, writing].some((each) => each !== undefined && each.id !== own)
  const isOwn = assignee?.id === own
  return (
    <div class="row">
      {isOwn ? (
        <Button keys="r" onClick={() => onAct('release')}>
          {t('inbox.release')}
        </Button>
      ) : (
        <Button kind={isOthers ? undefined : 'primary'} keys="t" onClick={() => onAct('take')}>
          {t(isOthers ? 'threads.takeOver' : 'inbox.take')}
        </Button>
      )}
      {!isOthers && (
        <>
          <Button keys="a" onClick={() => onAct('assign')}>
            {t('inbox.assign')}
          </Button>
          <Button keys="v" onClick={() => onAct('transfer')}>
            {t('inbox.transfer')}
          </Button>
          <Button icon="git-merge" keys="m" onClick={() => onAct('merge')}>
            {t('inbox.merge')}
          </Button>
        </>
      )}
      {escalation === undefined ? (
        <Button icon="triangle-alert" keys="s" onClick={() => onAct('escalate')}>
          {t('inbox.escalate')}
        </Button>
      ) : (
        <Button onClick={() => onAct('calm')}>{t('inbox.calm')}</Button>
      )}
    </div>
  )
}

function Question({ id }: { readonly id: string }) {
  const thread = useThread(id)
  const marks = useMarks(id)
  return (
    <Loaded resource={thread}>
      {(shown) => (
        <>
          <ThreadFacts thread={shown} />
          <Posts
            thread={shown}
            marks={marks}
            authorAddress={(author) => `~/app/threads?author=${encodeURIComponent(author)}`}
          />
          <AnswerPart thread={shown} />
        </>
      )}
    </Loaded>
  )
}

/** What colleagues did with it, the latest first. */
function Steps({ thread: { steps } }: { readonly thread: ShownInboxThread }) {
  if (steps.length === 0) return null
  return (
    <section class="stack stack-tight" aria-labelledby="inbox-steps">
      <h3 id="inbox-steps">{t('inbox.steps')}</h3>
      <ol class="inbox-steps threads-found">
        {steps.map((step) => (
          <li key={step.id} class="small">
            {stepName(step)}{' '}
            <span class="muted">
              {step.by} · <time dateTime={step.at}>{moment(step.at)}</time>
            </span>
            {step.note !== undefined && <p class="inbox-note">{step.note}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}
