import { Redirect, Route, Switch } from 'wouter-preact'
import { AbandonmentPage } from './abandonment-page.tsx'
import { GapPage } from './gap-page.tsx'
import { GapsPage } from './gaps-page.tsx'
import { QueriesPage } from './queries-page.tsx'
import { JudgedPage } from './relevance/judged-page.tsx'
import { RelevancePage } from './relevance/relevance-page.tsx'
import { SynonymsPage } from './synonyms/synonyms-page.tsx'
import '../threads/threads.css'
import './search.css'
import './relevance/relevance.css'
import './synonyms/synonyms.css'

/** What people search for: what they found nothing for, all they asked, what searches look for beside, and how well they answer. */
export default function Pages() {
  return (
    <Switch>
      <Route path="/gaps">
        <GapsPage />
      </Route>
      <Route path="/gaps/:id">{({ id }) => <GapPage key={id} id={id} />}</Route>
      <Route path="/queries">
        <QueriesPage />
      </Route>
      <Route path="/relevance">
        <RelevancePage />
      </Route>
      <Route path="/relevance/:id">{({ id }) => <JudgedPage key={id} id={id} />}</Route>
      <Route path="/abandonment">
        <AbandonmentPage />
      </Route>
      <Route path="/synonyms">
        <SynonymsPage />
      </Route>
      <Route path="/">
        <Redirect to="/gaps" replace />
      </Route>
    </Switch>
  )
}
