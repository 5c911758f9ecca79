import { Link } from 'wouter-preact'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { refusalName } from './candidate.ts'
import { outcome } from './decisions.ts'

/** Where the drafts of the last decision are, and what it could not do. */
export function OutcomeNote() {
  const { value } = outcome
  if (value === undefined) return null
  const { drafts, refused } = value
  const [draft] = drafts
  return (
    <section class="threads-changes stack stack-tight" aria-label={t('candidates.outcome')}>
      <div class="row row-apart">
        {draft !== undefined && drafts.length === 1 && (
          <Link href={`~/app/articles/${draft}/edit`}>{t('candidates.toDraft')}</Link>
        )}
        {drafts.length > 1 && <Link href="~/app/articles?sort=created">{t('threads.toDrafts')}</Link>}
        {refused.length > 0 && <p role="alert">{t('candidates.refused', { count: refused.length })}</p>}
        <Button kind="quiet" icon="x" label={t('parts.close')} onClick={() => (outcome.value = undefined)} />
      </div>
      {refused.length > 0 && (
        <ul class="small">
          {refused.map(({ title, code }) => (
            <li key={title + code}>
              {title} <span class="muted">{refusalName(code)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
