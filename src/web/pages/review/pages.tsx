import { Route, Switch } from 'wouter-preact'
import { BatchesPage } from './batches-page.tsx'
import { ReviewPage } from './review-page.tsx'
import './review.css'

/** The review queue one by one, and look-alikes together. */
export default function Pages() {
  return (
    <Switch>
      <Route path="/batches">
        <BatchesPage />
      </Route>
      <Route>
        <ReviewPage />
      </Route>
    </Switch>
  )
}
