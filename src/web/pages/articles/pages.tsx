import { Route, Switch } from 'wouter-preact'
import { ArticlePage } from './article-page.tsx'
import { ArticlesPage } from './articles-page.tsx'
import { EditPage } from './edit/edit-page.tsx'
import { RevisionsPage } from './revisions-page.tsx'
import './articles.css'

export default function Pages() {
  return (
    <Switch>
      <Route path="/">
        <ArticlesPage />
      </Route>
      <Route path="/:id">{({ id }) => <ArticlePage key={id} id={id} />}</Route>
      <Route path="/:id/edit">{({ id }) => <EditPage key={id} id={id} />}</Route>
      <Route path="/:id/revisions">{({ id }) => <RevisionsPage key={id} id={id} />}</Route>
    </Switch>
  )
}
