import { Route, Switch } from 'wouter-preact'
import { ArticlePage } from './article-page.tsx'
import { ArticlesPage } from './articles-page.tsx'
import { CoachingPage } from './coaching/coaching-page.tsx'
import { EditPage } from './edit/edit-page.tsx'
import { MergePage } from './merges/merge-page.tsx'
import { ReviewsPage } from './reviews/reviews-page.tsx'
import { RevisionsPage } from './revisions-page.tsx'
import { TranslationPage } from './translations/translation-page.tsx'
import { TranslationsPage } from './translations/translations-page.tsx'
import { ReportsPage } from './use/reports-page.tsx'
import '../threads/threads.css'
import './articles.css'
import './coaching/coaching.css'
import './merges/merges.css'
import './phrasings/phrasings.css'
import './reviews/reviews.css'
import './translations/translations.css'

export default function Pages() {
  return (
    <Switch>
      <Route path="/">
        <ArticlesPage />
      </Route>
      <Route path="/reports">
        <ReportsPage />
      </Route>
      <Route path="/reviews">
        <ReviewsPage />
      </Route>
      <Route path="/coaching">
        <CoachingPage />
      </Route>
      <Route path="/translations">
        <TranslationsPage />
      </Route>
      <Route path="/:id">{({ id }) => <ArticlePage key={id} id={id} />}</Route>
      <Route path="/:id/edit">{({ id }) => <EditPage key={id} id={id} />}</Route>
      <Route path="/:id/merge">{({ id }) => <MergePage key={id} id={id} />}</Route>
      <Route path="/:id/translation">{({ id }) => <TranslationPage key={id} id={id} />}</Route>
      <Route path="/:id/revisions">{({ id }) => <RevisionsPage key={id} id={id} />}</Route>
    </Switch>
  )
}
