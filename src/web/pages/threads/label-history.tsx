import { call } from '../../api/client.ts'
import { moment } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Badge } from '../../parts/states.tsx'
import { hasRole, me } from '../../sign-in/session.ts'
import { doToThread } from './changes.ts'
import type { Annotation } from './thread.ts'

/** Who gave the thread which label, when, and who took it back; the latest first. */
export function LabelHistory({ annotations }: { readonly annotations: readonly Annotation[] }) {
  if (annotations.length === 0) return <p class="muted small">{t('threads.noLabels')}</p>
  const sorted = [...annotations].sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1))
  return (
    <ul class="threads-history">
      {sorted.map((annotation) => (
        <li
          key={annotation.id}
          class="stack stack-tight"
          data-revoked={annotation.revoked !== undefined || undefined}
        >
          <Given annotation={annotation} />
        </li>
      ))}
    </ul>
  )
}

function Given({ annotation }: { readonly annotation: Annotation }) {
  const { id, threadId, facet, label, provenance, blind, actor, note, createdAt, revoked } = annotation
  const mayRevoke = revoked === undefined && (actor.id === me.value?.id || hasRole('supervisor'))
  const takeBack = () =>
    void doToThread(
      t('threads.tookBack', { label }),
      () => call('DELETE', `/annotations/${encodeURIComponent(id)}`),
      () =>
        call('POST', `/threads/${encodeURIComponent(threadId)}/annotations`, {
          body: { facet, label, note },
        }),
    )
  return (
    <>
      <div class="row row-apart">
        <span>
          {revoked === undefined ? `${facet}: ${label}` : <s>{`${facet}: ${label}`}</s>}{' '}
          {provenance !== 'agent' && <Badge>{t(`threads.by-${provenance}`)}</Badge>}{' '}
          {blind && <Badge>{t('threads.blind')}</Badge>}
        </span>
        {mayRevoke && (
          <Button kind="quiet" onClick={takeBack}>
            {t('threads.takeBack')}
          </Button>
        )}
      </div>
      <p class="small muted">{t('threads.givenBy', { name: actor.name, at: moment(createdAt) })}</p>
      {note !== undefined && <p class="small">{note}</p>}
      {revoked !== undefined && (
        <p class="small muted">
          {t('threads.revokedBy', { name: revoked.actor.name, at: moment(revoked.at) })}
        </p>
      )}
    </>
  )
}
