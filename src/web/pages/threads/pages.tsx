import { Route, Switch } from 'wouter-preact'
import { HeldPage } from './answering/held-page.tsx'
import { ThreadsPage } from './list/threads-page.tsx'
import { ThreadPage } from './thread-page.tsx'
import '../review/review.css'
import './threads.css'

export default function Pages() {
  return (
    <Switch>
      <Route path="/">
        <ThreadsPage />
      </Route>
      <Route path="/held">
        <HeldPage />
      </Route>
      <Route path="/:id">
        <ThreadPage />
      </Route>
    </Switch>
  )
}
