import { Route, Switch } from 'wouter-preact'
import { RulesPage } from './rules-page.tsx'
import { VersionsPage } from './versions-page.tsx'
import './routing.css'

export default function Pages() {
  return (
    <Switch>
      <Route path="/versions">
        <VersionsPage />
      </Route>
      <Route>
        <RulesPage />
      </Route>
    </Switch>
  )
}
