import { Route, Switch } from 'wouter-preact'
import { ConflictPage } from './conflict-page.tsx'
import { ConflictsPage } from './conflicts-page.tsx'
import './conflicts.css'

/** Labels that people, the model or look-alikes contradict: a list, and one at a time. */
export default function Pages() {
  return (
    <Switch>
      <Route path="/:id">{({ id }) => <ConflictPage key={id} id={id} />}</Route>
      <Route>
        <ConflictsPage />
      </Route>
    </Switch>
  )
}
