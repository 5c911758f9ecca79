import { Link } from 'wouter-preact'
import { queryString } from '../../api/client.ts'
import type { Get } from '../../api/types.ts'
import { ShareText } from '../../charts/share.tsx'
import { number } from '../../messages/format.ts'
import { inLanguage, t } from '../../messages/messages.ts'
import { Badge, Empty, Loaded } from '../../parts/states.tsx'
import { type About, useFigure } from './resources.ts'
import '../../charts/charts.css'

type Labels = Get<'/api/models/{facet}/versions/{version}/labels'>
type LabelFigures = Labels['labels'][number]

/** Each label with how well it is recognised and what would help it most. */
export function LabelsPage(about: About) {
  const labels = useFigure<Labels>(about, 'labels')
  return (
    <Loaded resource={labels}>
      {({ labels: rows }) =>
        rows.length === 0 ? (
          <Empty title={t('models.noLabels')} />
        ) : (
          <>
            <p class="prose muted">{t('models.labelsHint')}</p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
            <section class="scroll-x" aria-label={t('models.labels')} tabIndex={0}>
              <table class="figures">
                <thead>
                  <tr>
                    <th scope="col">{t('models.label')}</th>
                    <th scope="col">{t('models.recall')}</th>
                    <th scope="col">{t('models.precision')}</th>
                    <th scope="col" class="number">
                      {t('models.examples')}
                    </th>
                    <th scope="col">{t('models.nextStep')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <LabelRow key={row.label} about={about} row={row} />
                  ))}
                </tbody>
              </table>
            </section>
          </>
        )
      }
    </Loaded>
  )
}

function LabelRow({ about: { facet, version }, row }: { readonly about: About; readonly row: LabelFigures }) {
  const { label, known, recall, precision, examples, next } = row
  const shown = version.status === 'active' ? undefined : version.version
  return (
    <tr>
      <th scope="row">
        {label} {!known && <Badge kind="warn">{t('models.unknown')}</Badge>}
      </th>
      <td>
        <ShareText share={recall} />
      </td>
      <td>
        <ShareText share={precision} />
      </td>
      <td class="number">{number(examples)}</td>
      <td class="model-sentence">
        {inLanguage(next.sentence)} <NextStep row={row} facet={facet} version={shown} />
      </td>
    </tr>
  )
}

/** Where the best next step is done. */
function NextStep({
  row: { label, confusedWith, next },
  facet,
  version,
}: {
  readonly row: LabelFigures
  readonly facet: string
  readonly version: number | undefined
}) {
  switch (next.action) {
    case 'label-waiting':
      return <Link href={`~/app/review${queryString({ facet })}`}>{t('models.toReview')}</Link>
    case 'find-examples':
      return <Link href={`~/app/threads${queryString({ text: label })}`}>{t('models.toThreads')}</Link>
    case 'clarify':
      return (
        <Link href={`/confusion${queryString({ version, truth: label, predicted: confusedWith?.label })}`}>
          {t('models.toCell')}
        </Link>
      )
    default:
      return null
  }
}
