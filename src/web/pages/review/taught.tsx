import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { latestEvent } from '../../live/live.ts'
import { number, percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'

type Activation = Get<'/api/facets/{facet}/activations/latest'>

/** Once a new version is active while one reviews: what the labels taught it. */
export function Taught({ facet }: { readonly facet: string }) {
  const [version, setVersion] = useState<number>()
  const event = latestEvent.value
  useEffect(() => {
    if (event?.type === 'model.activated' && event.data.facet === facet)
      setVersion(Number(event.data.version))
  }, [event])
  const { data } = useResource<Activation>(`/facets/${encodeURIComponent(facet)}/activations/latest`, {
    enabled: version !== undefined,
  })
  if (version === undefined || data === undefined || data.version < version) return null
  return <Lesson activation={data} onClose={() => setVersion(undefined)} />
}

function Lesson({ activation, onClose }: { readonly activation: Activation; onClose(): void }) {
  const { version, newAnnotations, predictions, examples } = activation
  return (
    <section class="review-taught stack stack-tight">
      <div class="row row-apart">
        <p class="row" role="status">
          <Icon name="info" />
          <span>
            {t('review.taught', {
              version,
              labels: newAnnotations,
              changed: predictions.changed,
              changedText: number(predictions.changed),
              compared: number(predictions.compared),
            })}
          </span>
        </p>
        <Button kind="quiet" icon="x" label={t('parts.close')} onClick={onClose} />
      </div>
      {examples.length > 0 && (
        <details>
          <summary>{t('review.taughtExamples')}</summary>
          <div class="scroll-x">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('review.thread')}</th>
                  <th scope="col">{t('review.before')}</th>
                  <th scope="col">{t('review.now')}</th>
                </tr>
              </thead>
              <tbody>
                {examples.map(({ threadId, title, before, after }) => (
                  <tr key={threadId}>
                    <td>
                      <Link href={`~/app/threads/${threadId}`}>{title}</Link>
                    </td>
                    <td>{sideOf(before)}</td>
                    <td>{sideOf(after)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </section>
  )
}

function sideOf({ label, confidence, decision }: Activation['examples'][number]['before']): string {
  const chance = percent(confidence)
  return t(decision === 'assigned' ? 'review.assigned' : 'review.abstained', { label, chance })
}
