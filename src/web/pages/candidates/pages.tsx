import { Route, Switch } from 'wouter-preact'
import { CandidatesPage } from './candidates-page.tsx'
import '../threads/threads.css'
import './candidates.css'

export default function Pages() {
  return (
    <Switch>
      <Route path="/">
        <CandidatesPage />
      </Route>
    </Switch>
  )
}
