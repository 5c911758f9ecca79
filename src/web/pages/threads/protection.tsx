import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh } from '../../api/resource.ts'
import { moment, percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { useDraft } from '../../parts/draft.ts'
import { TextArea } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { ProblemNote } from '../../parts/states.tsx'
import { hasRole, me } from '../../sign-in/session.ts'
import { pathOf, type Thread } from './thread.ts'

type State = NonNullable<Thread['protection']>

/** That the thread is protected and why, and its release by two people. */
export function Protection({ protection }: { readonly protection: State }) {
  const { threadId, facet, label, basis, probability, state, requested, released } = protection
  const [draft, change, forget] = useDraft(`release ${threadId}`, { reason: '' })
  const act = useAction(async (step: 'request' | 'confirm' | 'withdraw', reason?: string) => {
    await call('POST', `${pathOf(threadId)}/release/${step}`, {
      body: reason === undefined ? undefined : { reason },
    })
    if (step === 'request') forget()
    refresh('/threads', '/protections')
  })
  const isOwn = requested?.by.id === me.value?.id
  return (
    <section class="threads-protection stack stack-tight" aria-label={t('threads.protection')}>
      <p class="row">
        <Icon name="lock" />
        <strong>{t(`threads.protection-${state}`)}</strong>
        <span class="muted">
          {basis === 'prediction'
            ? t('threads.protectedByPrediction', { facet, label, chance: percent(probability ?? 0) })
            : t(basis === 'split' ? 'threads.protectedBySplit' : 'threads.protectedByLabel', {
                facet,
                label,
              })}
        </span>
      </p>
      {state !== 'released' && <p class="small muted">{t('threads.protectionMeans')}</p>}
      {requested !== undefined && (
        <blockquote class="threads-said">
          <p>{requested.reason}</p>
          <p class="small muted">
            {t('threads.askedRelease', { name: requested.by.name, at: moment(requested.at) })}
          </p>
        </blockquote>
      )}
      {released !== undefined && (
        <p class="small muted">
          {t('threads.confirmedRelease', { name: released.by.name, at: moment(released.at) })}
        </p>
      )}
      {state === 'locked' && (
        <form
          class="stack stack-tight"
          onSubmit={(event) => {
            event.preventDefault()
            void act.run('request', draft.reason.trim())
          }}
        >
          <TextArea
            label={t('threads.releaseReason')}
            hint={t('threads.releaseHint')}
            rows={2}
            isRequired
            value={draft.reason}
            onInput={(reason) => change({ reason })}
          />
          <div>
            <Button type="submit" isDisabled={act.isRunning || draft.reason.trim() === ''}>
              {t('threads.askRelease')}
            </Button>
          </div>
        </form>
      )}
      {state === 'requested' && (
        <div class="row">
          {hasRole('knowledge-manager', 'supervisor') && !isOwn && (
            <Button isDisabled={act.isRunning} onClick={() => void act.run('confirm')}>
              {t('threads.confirmRelease')}
            </Button>
          )}
          {isOwn && <span class="small muted">{t('threads.secondPerson')}</span>}
          <Button isDisabled={act.isRunning} onClick={() => void act.run('withdraw')}>
            {t('threads.withdrawRequest')}
          </Button>
        </div>
      )}
      {state === 'released' && (
        <div>
          <Button icon="lock" isDisabled={act.isRunning} onClick={() => void act.run('withdraw')}>
            {t('threads.lockAgain')}
          </Button>
        </div>
      )}
      {act.problem !== undefined && <ProblemNote problem={act.problem} />}
    </section>
  )
}
