import { Route, Switch } from 'wouter-preact'
import { ImportPage } from './import-page.tsx'
import { SourcePage } from './source-page.tsx'
import { SourcesPage } from './sources-page.tsx'

export default function Pages() {
  return (
    <Switch>
      <Route path="/imports/:id">{({ id }) => <ImportPage id={id} />}</Route>
      <Route path="/:name">{({ name }) => <SourcePage name={name} />}</Route>
      <Route>
        <SourcesPage />
      </Route>
    </Switch>
  )
}
