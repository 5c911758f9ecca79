import type { ComponentChildren } from 'preact'
import { number, percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { ExampleList } from './example-list.tsx'
import type { DriftReport } from './resources.ts'

type Figures = NonNullable<DriftReport['scopes'][number]['figures']>
type Examples = Figures['vocabulary']['examples']

/** As improbable as this by chance is said apart. */
const SIGNIFICANT = 0.01

/** What changed, before and now, with threads that show it. */
export function DriftFigures({
  figures: { vocabulary, labels, confidence, coverage },
}: {
  readonly figures: Figures
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scroll-x" aria-label={t('watch.changes')} tabIndex={0}>
      <table class="figures drift">
        <thead>
          <tr>
            <th scope="col">{t('watch.figure')}</th>
            <th scope="col" class="number">
              {t('watch.before')}
            </th>
            <th scope="col" class="number">
              {t('watch.now')}
            </th>
            <th scope="col">{t('watch.byChance')}</th>
          </tr>
        </thead>
        <tbody>
          <Row
            title={t('watch.unknownWords')}
            before={percent(vocabulary.unknownShare.before, 1)}
            now={percent(vocabulary.unknownShare.now, 1)}
            p={vocabulary.p}
            examples={vocabulary.examples}
          />
          {vocabulary.risen.map(({ word, before, now, p, examples }) => (
            <Row
              key={word}
              title={t('watch.word', { word })}
              before={number(before)}
              now={number(now)}
              p={p}
              examples={examples}
            />
          ))}
          <Row
            title={t('watch.medianConfidence')}
            before={percent(confidence.median.before)}
            now={percent(confidence.median.now)}
            p={confidence.p}
            examples={confidence.examples}
          />
          <Row
            title={t('watch.coverage')}
            before={estimate(coverage.before)}
            now={estimate(coverage.now)}
            p={coverage.p}
          />
          {labels.shifts.map(({ label, before, now, p, examples }) => (
            <Row
              key={`label ${label}`}
              title={t('watch.predictedAs', { label })}
              before={estimate(before)}
              now={estimate(now)}
              p={p}
              examples={examples}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({
  title,
  before,
  now,
  p,
  examples = [],
}: {
  readonly title: string
  readonly before: ComponentChildren
  readonly now: ComponentChildren
  readonly p: number
  readonly examples?: Examples
}) {
  return (
    <tr>
      <th scope="row">
        {title}
        {examples.length > 0 && (
          <details>
            <summary>{t('watch.examples', { n: examples.length })}</summary>
            <ExampleList examples={examples} />
          </details>
        )}
      </th>
      <td class="number">{before}</td>
      <td class="number">{now}</td>
      <td>
        {t(p < SIGNIFICANT ? 'watch.unlikely' : 'watch.likely', {
          p: p < 0.001 ? `<\u00a0${number(0.001, 3)}` : `=\u00a0${number(p, 3)}`,
        })}
      </td>
    </tr>
  )
}

function estimate({
  share,
  low,
  high,
}: {
  readonly share: number
  readonly low: number
  readonly high: number
}) {
  return (
    <>
      {percent(share, 1)}{' '}
      <span class="muted small">
        {number(low * 100)}–{percent(high)}
      </span>
    </>
  )
}
