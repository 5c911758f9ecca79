import { useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh, useResource } from '../../../api/resource.ts'
import type { Get, ItemOf } from '../../../api/types.ts'
import { moment } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { Page } from '../../../parts/page.tsx'
import { Badge, Empty, Loaded, Note, ProblemNote } from '../../../parts/states.tsx'
import { hasRole } from '../../../sign-in/session.ts'
import { listAddress } from '../filters.ts'

type Held = ItemOf<Get<'/api/questions/held'>>

export const HELD = '/questions/held'

/** How many questions wait for a decision, as a link to them; nothing where none does. */
export function HeldLink() {
  const held = useResource<Get<'/api/questions/held'>>(HELD)
  const count = held.data?.items.length ?? 0
  if (count === 0) return null
  return (
    <ButtonLink kind="quiet" href="/held">
      {t('threads.heldCount', { count })}
    </ButtonLink>
  )
}

/** Questions of customers that wait until somebody releases or rejects them. */
export function HeldPage() {
  const held = useResource<Get<'/api/questions/held'>>(HELD)
  const [rejected, setRejected] = useState<Held>()
  const mayDecide = hasRole('agent', 'knowledge-manager')
  const decide = useAction(async (question: Held, decision: 'release' | 'reject') => {
    await call('POST', `/questions/${encodeURIComponent(question.id)}/${decision}`)
    setRejected(decision === 'reject' ? question : undefined)
    refresh('/questions', '/threads')
  })
  return (
    <Page
      title={t('threads.held')}
      actions={
        <ButtonLink kind="quiet" href={listAddress()}>
          {t('threads.toList')}
        </ButtonLink>
      }
    >
      <p class="muted prose">{t('threads.heldMeans')}</p>
      {decide.problem !== undefined && <ProblemNote problem={decide.problem} />}
      {rejected !== undefined && (
        <div class="row">
          <Note>{t('threads.rejected', { title: rejected.title })}</Note>
          <Button
            icon="rotate-ccw"
            isDisabled={decide.isRunning}
            onClick={() => void decide.run(rejected, 'release')}
          >
            {t('threads.releaseAfterAll')}
          </Button>
        </div>
      )}
      <Loaded resource={held}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('threads.noneHeld')} />
          ) : (
            <ol class="threads-posts stack">
              {items.map((question) => (
                <li key={question.id} class="threads-post stack stack-tight">
                  <p class="row small muted">
                    <time dateTime={question.askedAt}>{moment(question.askedAt)}</time>
                    {question.heldFor.map((reason) => (
                      <Badge key={reason}>{t(`threads.held-${reason}`)}</Badge>
                    ))}
                  </p>
                  <h2 lang={question.language}>{question.title}</h2>
                  {question.body !== '' && (
                    <p class="threads-text" lang={question.language}>
                      {question.body}
                    </p>
                  )}
                  {mayDecide && (
                    <div class="row">
                      <Button
                        isDisabled={decide.isRunning}
                        onClick={() => void decide.run(question, 'release')}
                      >
                        {t('threads.releaseQuestion')}
                      </Button>
                      <Button
                        isDisabled={decide.isRunning}
                        onClick={() => void decide.run(question, 'reject')}
                      >
                        {t('threads.rejectQuestion')}
                      </Button>
                    </div>
                  )}
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Page>
  )
}
