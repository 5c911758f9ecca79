import { Link, Redirect, Route, Switch, useLocation } from 'wouter-preact'
import type { MessageKey } from '../../messages/messages.ts'
import { t } from '../../messages/messages.ts'
import { hasRole, type Role } from '../../sign-in/session.ts'
import { AuditPage } from './audit-page.tsx'
import { FacetPage } from './facet-page.tsx'
import { FacetsPage } from './facets-page.tsx'
import { HelpCentrePage } from './help-centre-page.tsx'
import { JobsPage } from './jobs-page.tsx'
import { KeysPage } from './keys-page.tsx'
import { KnowledgePage } from './knowledge-page.tsx'
import { MePage } from './me-page.tsx'
import { PeoplePage } from './people-page.tsx'
import { SystemPage } from './system-page.tsx'
import { WebhookPage } from './webhook-page.tsx'
import { WebhooksPage } from './webhooks-page.tsx'
import './settings.css'

const SECTIONS: readonly {
  readonly path: string
  readonly label: MessageKey
  readonly roles?: readonly Role[]
}[] = [
  { path: '/me', label: 'settings.me' },
  { path: '/facets', label: 'settings.facets', roles: ['agent', 'knowledge-manager', 'supervisor'] },
  {
    path: '/knowledge',
    label: 'settings.knowledge',
    roles: ['agent', 'knowledge-manager', 'supervisor'],
  },
  {
    path: '/help-centre',
    label: 'settings.helpCentre',
    roles: ['agent', 'knowledge-manager', 'supervisor'],
  },
  { path: '/people', label: 'settings.people', roles: ['admin'] },
  { path: '/keys', label: 'settings.keys', roles: ['admin'] },
  { path: '/webhooks', label: 'settings.webhooks', roles: ['admin'] },
  { path: '/jobs', label: 'settings.jobs', roles: ['admin'] },
  { path: '/audit', label: 'settings.audit', roles: ['supervisor'] },
  { path: '/system', label: 'settings.system', roles: ['admin', 'supervisor'] },
]

/** What a person sets for themselves, and what an administrator sets for all. */
export default function Pages() {
  return (
    <div class="stack">
      <Tabs />
      <Switch>
        <Route path="/me">
          <MePage />
        </Route>
        <Route path="/facets">
          <FacetsPage />
        </Route>
        <Route path="/facets/:facet">{({ facet }) => <FacetPage name={facet} />}</Route>
        <Route path="/knowledge">
          <KnowledgePage />
        </Route>
        <Route path="/help-centre">
          <HelpCentrePage />
        </Route>
        <Route path="/people">
          <PeoplePage />
        </Route>
        <Route path="/keys">
          <KeysPage />
        </Route>
        <Route path="/webhooks">
          <WebhooksPage />
        </Route>
        <Route path="/webhooks/:id">{({ id }) => <WebhookPage id={id} />}</Route>
        <Route path="/jobs">
          <JobsPage />
        </Route>
        <Route path="/audit">
          <AuditPage />
        </Route>
        <Route path="/system">
          <SystemPage />
        </Route>
        <Route>
          <Redirect to="/me" replace />
        </Route>
      </Switch>
    </div>
  )
}

function Tabs() {
  const [location] = useLocation()
  return (
    <nav class="tabs" aria-label={t('settings.title')}>
      {SECTIONS.filter(({ roles }) => roles === undefined || hasRole(...roles)).map(({ path, label }) => (
        <Link
          key={path}
          href={path}
          aria-current={location === path || location.startsWith(`${path}/`) ? 'page' : undefined}
        >
          {t(label)}
        </Link>
      ))}
    </nav>
  )
}
