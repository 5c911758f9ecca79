import { Link } from 'wouter-preact'
import { t } from '../../messages/messages.ts'
import { hasRole } from '../../sign-in/session.ts'

/** Leads to what the audit log says of an object, for whoever may read it. */
export function AuditLink({ target }: { readonly target: string }) {
  if (!hasRole('supervisor')) return null
  return (
    <Link href={`~/app/settings/audit?target=${encodeURIComponent(target)}`}>{t('settings.history')}</Link>
  )
}
