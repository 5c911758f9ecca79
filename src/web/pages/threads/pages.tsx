import { Route, Switch } from 'wouter-preact'
import { ThreadPage } from './thread-page.tsx'
import { ThreadsPage } from './threads-page.tsx'
import '../review/review.css'
import './threads.css'

export default function Pages() {
  return (
    <Switch>
      <Route path="/">
        <ThreadsPage />
      </Route>
      <Route path="/:id">
        <ThreadPage />
      </Route>
    </Switch>
  )
}
