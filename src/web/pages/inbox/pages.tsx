import { Route, Switch } from 'wouter-preact'
import { InboxPage } from './inbox-page.tsx'
import '../review/review.css'
import '../threads/threads.css'
import './inbox.css'

export default function Pages() {
  return (
    <Switch>
      <Route path="/">
        <InboxPage />
      </Route>
    </Switch>
  )
}
