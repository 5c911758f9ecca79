import { Link } from 'wouter-preact'
import { euros, moment, number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Loaded } from '../../parts/states.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { Posts } from '../threads/posts.tsx'
import { useThread } from '../threads/use-threads.ts'
import { type Candidate, langOf, reasonName, titleOf } from './candidate.ts'
import { Evidence } from './evidence.tsx'
import type { Act } from './use-candidate-keys.ts'
import { useCandidate } from './use-candidates.ts'
import { WorthParts } from './worth-parts.tsx'

/** The candidate beside the list: what it is worth and why, its threads, and the question with its answers. */
export function CandidatePanel({
  id,
  onAct,
  onClose,
}: {
  readonly id: string
  onAct(act: Act): void
  onClose(): void
}) {
  const candidate = useCandidate(id)
  return (
    <aside class="threads-panel stack" aria-label={t('candidates.candidate')}>
      <div class="row row-apart">
        {candidate.data === undefined ? (
          <span />
        ) : (
          <strong class="candidates-amount">
            {t('candidates.aMonth', { amount: euros(candidate.data.worth) })}
          </strong>
        )}
        <Button kind="quiet" icon="x" label={t('parts.close')} onClick={onClose} />
      </div>
      <Loaded resource={candidate}>
        {(shown) => (
          <>
            <h2 class="threads-title" lang={langOf(shown)}>
              {titleOf(shown)}
            </h2>
            {shown.state === 'open' ? (
              hasRole('knowledge-manager') && <Decisions candidate={shown} onAct={onAct} />
            ) : (
              <Decided candidate={shown} />
            )}
            <Evidence candidate={shown} />
            <section class="stack stack-tight" aria-labelledby="candidate-worth">
              <h3 id="candidate-worth">{t('candidates.parts')}</h3>
              <WorthParts candidate={shown} />
            </section>
            <Threads candidate={shown} />
            <Lead candidate={shown} />
          </>
        )}
      </Loaded>
    </aside>
  )
}

/** What can be decided; what its type asks for stands out. */
function Decisions({
  candidate: { type, article },
  onAct,
}: {
  readonly candidate: Candidate
  onAct(act: Act): void
}) {
  const primary = (isIt: boolean) => (isIt ? 'primary' : undefined)
  return (
    <div class="row">
      {article !== undefined && type !== 'link' && (
        <ButtonLink kind="primary" href={`~/app/articles/${article.id}/edit`}>
          {t('candidates.editArticle')}
        </ButtonLink>
      )}
      {article !== undefined && (type === 'update' || type === 'contradicts') && (
        <ButtonLink kind="quiet" href={`~/app/articles/${article.id}/merge`}>
          {t('merges.open')}
        </ButtonLink>
      )}
      <Button kind={primary(type === 'create')} icon="file-text" keys="p" onClick={() => onAct('promote')}>
        {t('candidates.promote')}
      </Button>
      <Button kind={primary(type === 'link')} keys="l" onClick={() => onAct('link')}>
        {t('candidates.link')}
      </Button>
      <Button keys="m" onClick={() => onAct('merge')}>
        {t('candidates.merge')}
      </Button>
      <Button keys="d" onClick={() => onAct('decline')}>
        {t('candidates.decline')}
      </Button>
    </div>
  )
}

/** What became of it, by whom and why. */
function Decided({ candidate: { state, decision, outcome } }: { readonly candidate: Candidate }) {
  return (
    <div class="stack stack-tight">
      <p>
        {decision === undefined
          ? t(`candidates.state-${state}`)
          : t('candidates.decidedBy', {
              state: t(`candidates.state-${state}`),
              name: decision.actor.name,
              at: moment(decision.at),
            })}
        {decision?.reason !== undefined && <> {reasonName(decision.reason)}</>}
      </p>
      {decision?.note !== undefined && <p class="threads-said candidates-quote">{decision.note}</p>}
      {outcome !== undefined && <Link href={`~/app/articles/${outcome.id}`}>{outcome.title}</Link>}
    </div>
  )
}

function Threads({ candidate }: { readonly candidate: Candidate }) {
  const { threads } = candidate
  return (
    <section class="stack stack-tight" aria-labelledby="candidate-threads">
      <h3 id="candidate-threads">{t('candidates.threads', { count: threads.length })}</h3>
      <ul class="candidates-threads">
        {threads.map(({ id, title, source, resolved, answerCount, views }) => (
          <li key={id}>
            <Link href={`~/app/threads/${id}`} lang={langOf(candidate)}>
              {title.trim() === '' ? t('threads.untitled') : title}
            </Link>{' '}
            <span class="small muted">
              {[
                source,
                resolved ? t('threads.status-resolved') : t('threads.answers', { count: answerCount }),
                t('candidates.viewsAMonth', { count: views, shown: number(views) }),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The question and the answers that an article would be made from. */
function Lead({ candidate: { lead } }: { readonly candidate: Candidate }) {
  const thread = useThread(lead.id)
  return (
    <section class="stack stack-tight" aria-labelledby="candidate-lead">
      <div class="row row-apart">
        <h3 id="candidate-lead">{t('candidates.lead')}</h3>
        <ButtonLink kind="quiet" icon="external-link" href={`~/app/threads/${lead.id}`}>
          {t('threads.openPage')}
        </ButtonLink>
      </div>
      <Loaded resource={thread}>
        {(shown) => <Posts thread={shown} authorAddress={(author) => `~/app/threads?author=${author}`} />}
      </Loaded>
    </section>
  )
}
