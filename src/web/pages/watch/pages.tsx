import { Route, Switch } from 'wouter-preact'
import { t } from '../../messages/messages.ts'
import { Empty } from '../../parts/states.tsx'
import { AlertsPage } from './alerts-page.tsx'
import { AuditPage } from './audit-page.tsx'
import { DriftPage } from './drift-page.tsx'
import { OverviewPage } from './overview-page.tsx'
import { ParityPage } from './parity-page.tsx'
import { TopicsPage } from './topics-page.tsx'
import { WatchFrame } from './watch-frame.tsx'
import './watch.css'

const PAGES = {
  '/': OverviewPage,
  '/alerts': AlertsPage,
  '/audit': AuditPage,
  '/parity': ParityPage,
  '/drift': DriftPage,
  '/topics': TopicsPage,
}

export default function Pages() {
  return (
    <Switch>
      {Object.entries(PAGES).map(([path, Content]) => (
        <Route key={path} path={path}>
          <WatchFrame path={path}>{(facet) => <Content facet={facet} />}</WatchFrame>
        </Route>
      ))}
      <Route>
        <Empty title={t('shell.notFound')} />
      </Route>
    </Switch>
  )
}
