import { useState } from 'preact/hooks'
import { useSearchParams } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { day, number } from '../../messages/format.ts'
import { inLanguage, t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Badge, Empty, Loaded, Note, ProblemNote } from '../../parts/states.tsx'
import { DriftFigures } from './drift-figures.tsx'
import { type About, type DriftReport, useDrift } from './resources.ts'

/** How the posts of late differ from those the model learned from, day by day. */
export function DriftPage({ facet }: About) {
  const drift = useDrift({ facet })
  const [params, setParams] = useSearchParams()
  return (
    <>
      <MeasureNow facet={facet} />
      <Loaded resource={drift}>
        {({ items }) => {
          const report = items.find(({ id }) => id === params.get('report')) ?? items[0]
          if (report === undefined)
            return (
              <Empty title={t('watch.noDrift')}>
                <p>{t('watch.noDriftHint')}</p>
              </Empty>
            )
          return (
            <>
              {items.length > 1 && (
                <div class="watch-choice">
                  <SelectField
                    label={t('watch.reportOf')}
                    value={report.id}
                    choices={items.map((each) => ({
                      value: each.id,
                      label: t('watch.reportAs', { day: day(each.day), n: each.alarms.length }),
                    }))}
                    onChoose={(id) => setParams({ facet, report: id })}
                  />
                </div>
              )}
              <Report key={report.id} report={report} />
            </>
          )
        }}
      </Loaded>
    </>
  )
}

function MeasureNow({ facet }: About) {
  const [isQueued, setQueued] = useState(false)
  const measuring = useAction(async () => {
    await call('POST', '/insight/drift/measure', { body: { facet } })
    setQueued(true)
  })
  return (
    <div class="row">
      {measuring.problem && <ProblemNote problem={measuring.problem} />}
      <Button isDisabled={measuring.isRunning || isQueued} onClick={() => void measuring.run()}>
        {t('watch.measure')}
      </Button>
      <div role="status">{isQueued && <Note>{t('watch.measuring')}</Note>}</div>
    </div>
  )
}

function Report({ report }: { readonly report: DriftReport }) {
  return (
    <>
      <p class="prose">{inLanguage(report.summary)}</p>
      <p class="muted small">
        {t('watch.window', {
          since: day(report.window.since),
          until: day(report.window.until),
          version: report.modelVersion,
        })}
      </p>
      {report.alarms.length > 0 && (
        <ul>
          {report.alarms.map(({ scope, kind, sentence }) => (
            <li key={`${scope} ${kind}`} class="watch-row">
              <p class="row">
                <Badge kind="warn">{t(`watch.scope-${scope}` as 'watch.scope-all')}</Badge>
              </p>
              <p class="prose">{inLanguage(sentence)}</p>
            </li>
          ))}
        </ul>
      )}
      {report.scopes.map(({ scope, status, posts, referencePosts, figures }) => (
        <section key={scope} class="stack stack-tight" aria-labelledby={`scope-${scope}`}>
          <h2 id={`scope-${scope}`}>{t(`watch.scope-${scope}` as 'watch.scope-all')}</h2>
          <p class="muted small">{t('watch.compared', { posts, before: number(referencePosts) })}</p>
          {status === 'measured' && figures !== undefined ? (
            <DriftFigures figures={figures} />
          ) : (
            <p>{t('parts.tooFew', { n: posts })}</p>
          )}
        </section>
      ))}
    </>
  )
}
