import { Route, Switch } from 'wouter-preact'
import { t } from '../../messages/messages.ts'
import { Empty } from '../../parts/states.tsx'
import { BudgetPage } from './budget-page.tsx'
import { ComparePage } from './compare-page.tsx'
import { ConfusionPage } from './confusion-page.tsx'
import { CurvePage } from './curve-page.tsx'
import { FacetFrame } from './facet-frame.tsx'
import { LabelsPage } from './labels-page.tsx'
import { ModelsPage } from './models-page.tsx'
import { ReliabilityPage } from './reliability-page.tsx'
import { VersionsPage } from './versions-page.tsx'
import './models.css'

/** What each page of a facet's models shows, by the last part of its address. */
const PAGES = {
  '/': VersionsPage,
  '/labels': LabelsPage,
  '/confusion': ConfusionPage,
  '/reliability': ReliabilityPage,
  '/budget': BudgetPage,
  '/curve': CurvePage,
  '/compare': ComparePage,
}

export default function Pages() {
  return (
    <Switch>
      <Route path="/">
        <ModelsPage />
      </Route>
      <Route path="/:facet" nest>
        {({ facet }) => {
          const name = decodeURIComponent(facet)
          return (
            <Switch>
              {Object.entries(PAGES).map(([path, Content]) => (
                <Route key={path} path={path}>
                  <FacetFrame key={name} facet={name} path={path}>
                    {(about) => <Content {...about} />}
                  </FacetFrame>
                </Route>
              ))}
              <Route>
                <Empty title={t('shell.notFound')} />
              </Route>
            </Switch>
          )
        }}
      </Route>
    </Switch>
  )
}
