import { useSearchParams } from 'wouter-preact'
import { ChartFrame } from '../../charts/chart-frame.tsx'
import { IntervalChart } from '../../charts/interval-chart.tsx'
import { inLanguage, t } from '../../messages/messages.ts'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Loaded, Note } from '../../parts/states.tsx'
import { type About, type Audit, useAudit } from './resources.ts'
import { languageName, type ShareRow, shareColumns } from './share-rows.ts'

const MEASURES = ['accuracy', 'coverage', 'wrongAmongAssigned', 'misroutes', 'misroutesByWrongLabel'] as const
const IN_LANGUAGES = ['accuracy', 'coverage', 'wrongAmongAssigned'] as const

/** How good a model is on threads drawn at random and labelled blind: apart from what people happened to notice. */
export function AuditPage({ facet }: About) {
  const [params, setParams] = useSearchParams()
  const judged = params.get('judged') === 'active' ? 'active' : 'routed'
  const from = params.get('from') ?? undefined
  const to = params.get('to') ?? undefined
  const audit = useAudit({ facet, judged, from, to })
  const set = (name: string, value: string) =>
    setParams(
      (now) => {
        if (value === '') now.delete(name)
        else now.set(name, value)
        return now
      },
      { replace: true },
    )
  return (
    <>
      <div class="row watch-filters">
        <SelectField
          label={t('watch.judged')}
          value={judged}
          choices={[
            { value: 'routed', label: t('watch.judgedRouted') },
            { value: 'active', label: t('watch.judgedActive') },
          ]}
          onChoose={(value) => set('judged', value === 'active' ? value : '')}
        />
        <TextField
          label={t('watch.from')}
          type="date"
          value={from ?? ''}
          onInput={(value) => set('from', value)}
        />
        <TextField label={t('watch.to')} type="date" value={to ?? ''} onInput={(value) => set('to', value)} />
      </div>
      <Loaded resource={audit}>{(report) => <Figures report={report} />}</Loaded>
    </>
  )
}

function Figures({ report }: { readonly report: Audit }) {
  const { figures, languages, labels, reportedMisroutes } = report
  const rows: readonly ShareRow[] = [
    ...MEASURES.map((measure) => ({ key: measure, label: t(`watch.${measure}`), share: figures[measure] })),
    ...languages.flatMap((language) =>
      IN_LANGUAGES.map((measure) => ({
        key: `${measure} ${language.language}`,
        label: t('watch.inLanguage', {
          measure: t(`watch.${measure}`),
          language: languageName(language.language),
        }),
        share: language[measure],
      })),
    ),
  ]
  const byLabel: readonly ShareRow[] = labels.flatMap(({ label, recall, wrongAmongAssigned }) => [
    { key: `recall ${label}`, label: t('watch.recallOf', { label }), share: recall },
    {
      key: `wrong ${label}`,
      label: t('watch.wrongOf', { label }),
      share: wrongAmongAssigned,
      kind: 'second' as const,
    },
  ])
  return (
    <>
      <ChartFrame
        title={t('watch.audit')}
        name="audit"
        isMain
        description={inLanguage(report.summary)}
        columns={shareColumns()}
        rows={rows}
      >
        {({ describedBy }) => (
          <IntervalChart title={t('watch.audit')} describedBy={describedBy} rows={rows} />
        )}
      </ChartFrame>
      <Note>{t('watch.reportedMisroutes', { n: reportedMisroutes })}</Note>
      {byLabel.length > 0 && (
        <ChartFrame
          title={t('watch.byLabel')}
          name="audit-labels"
          description={t('watch.byLabelHint')}
          columns={shareColumns()}
          rows={byLabel}
        >
          {({ describedBy }) => (
            <IntervalChart title={t('watch.byLabel')} describedBy={describedBy} rows={byLabel} />
          )}
        </ChartFrame>
      )}
    </>
  )
}
