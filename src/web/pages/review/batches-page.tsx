import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { usual } from '../../keys/catalogue.ts'
import { useCommands } from '../../keys/commands.ts'
import { percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { titleOf } from '../../parts/title.ts'
import { Announcement } from './announcement.tsx'
import { type Cluster, createBatches } from './batches.ts'
import { FacetTabs, useFacet } from './facet-tabs.tsx'
import { History } from './history.tsx'
import { LabelGuide } from './label-guide.tsx'
import { LabelList } from './label-list.tsx'
import { LabelSearch } from './label-search.tsx'
import type { LabelChoice } from './queue.ts'
import { FEW } from './review-page.tsx'
import { labelKeys, once } from './use-review-keys.ts'

type Clusters = Get<'/api/review/clusters'>
type Labels = Get<'/api/facets/{facet}/labels'>
type Batches = ReturnType<typeof createBatches>

const CLUSTERS = 20
const MOST_LABELS = 100

/** Posts that ask nearly the same, with one answer for all but those taken out. */
export function BatchesPage() {
  const facet = useFacet()
  return (
    <Page
      title={t('review.batches')}
      actions={
        <ButtonLink kind="quiet" icon="list-checks" href={`/?facet=${encodeURIComponent(facet)}`}>
          {t('review.oneByOne')}
        </ButtonLink>
      }
    >
      <FacetTabs path="/batches" />
      <Desk key={facet} facet={facet} />
    </Page>
  )
}

function Desk({ facet }: { readonly facet: string }) {
  const query = { facet, limit: CLUSTERS }
  const clusters = useResource<Clusters>('/review/clusters', { query, staleMs: 60_000 })
  const labels = useResource<Labels>(`/facets/${encodeURIComponent(facet)}/labels`, {
    query: { limit: MOST_LABELS },
  })
  const known = useSignal<readonly Cluster[]>([])
  const batches = useMemo(() => createBatches(facet, known), [facet])
  useEffect(() => {
    known.value = clusters.data?.items ?? []
  }, [clusters.data])
  const current = batches.current.value
  return (
    <div class="review">
      {current !== undefined && labels.data !== undefined ? (
        <Batch batches={batches} cluster={current} labels={labels.data.items} />
      ) : (
        <div class="review-post">
          <Loaded resource={clusters}>
            {() => (
              <Empty title={t('review.noBatches')}>
                <p>{t('review.noBatchesHint')}</p>
                <ButtonLink kind="primary" href={`/?facet=${encodeURIComponent(facet)}`}>
                  {t('review.oneByOne')}
                </ButtonLink>
              </Empty>
            )}
          </Loaded>
        </div>
      )}
      <History queue={batches} />
      <Announcement queue={batches} />
    </div>
  )
}

function Batch({
  batches,
  cluster,
  labels,
}: {
  readonly batches: Batches
  readonly cluster: Cluster
  readonly labels: readonly LabelChoice[]
}) {
  const [focused, focus] = useState<string>()
  const [isSearching, search] = useState(false)
  const list = useRef<HTMLOListElement>(null)
  const item = rankedOf(cluster)
  const count = batches.included.value.length
  const boxes = () => [...(list.current?.querySelectorAll('input') ?? [])]
  const move = (by: number) => {
    const all = boxes()
    const at = all.indexOf(document.activeElement as HTMLInputElement)
    all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus()
  }
  useCommands(t('review.batches'), [
    ...labelKeys({
      read: () => ({ labels, item: batches.current.value && rankedOf(batches.current.value) }),
      answer: batches.answer,
    }),
    { ...usual('list-next'), label: t('review.nextPost'), run: () => move(1) },
    { ...usual('list-previous'), label: t('review.previousPost'), run: () => move(-1) },
    {
      ...usual('list-select'),
      label: t('review.takeOut'),
      run: () =>
        boxes()
          .find((each) => each === document.activeElement)
          ?.click(),
    },
    { ...usual('review-search'), run: () => search(true) },
    { ...usual('review-skip'), run: once(batches.pass) },
  ])
  useEffect(() => boxes()[0]?.focus(), [cluster.threads[0]?.threadId])
  return (
    <>
      <section class="review-post stack" aria-labelledby="batch">
        <h2 id="batch" class="review-title">
          {t('review.batch', { count: cluster.threads.length })}
        </h2>
        <p class="muted">{t('review.batchHint')}</p>
        <ol ref={list}>
          {cluster.threads.map((thread) => (
            <li
              key={thread.threadId}
              class="review-batch"
              data-out={isOut(batches, thread.threadId) || undefined}
            >
              <label lang={thread.language}>
                <input
                  type="checkbox"
                  checked={!isOut(batches, thread.threadId)}
                  onChange={() => batches.toggle(thread.threadId)}
                />
                <span class="stack stack-tight">
                  <strong>{titleOf(thread)}</strong>
                  {thread.title !== '' && <span class="review-text">{thread.excerpt}</span>}
                </span>
              </label>
              <span class="row small muted">
                {thread.likeness !== undefined && (
                  <span>{t('review.likeness', { share: percent(thread.likeness) })}</span>
                )}
                {thread.prediction !== undefined && (
                  <span>{`${thread.prediction.label} ${percent(thread.prediction.confidence)}`}</span>
                )}
                <Link href={`~/app/threads/${thread.threadId}`}>{t('review.openThread')}</Link>
              </span>
            </li>
          ))}
        </ol>
      </section>
      <div class="review-side stack">
        <p>{t('review.answerFor', { count })}</p>
        {(isSearching || labels.length > FEW) && (
          <LabelSearch
            labels={labels}
            isOpen={isSearching}
            onAnswer={batches.answer}
            onClose={() => search(false)}
          />
        )}
        <LabelList labels={labels} item={item} onAnswer={batches.answer} onFocus={focus} />
        <div class="review-actions">
          <Button kind="quiet" keys="s" onClick={batches.pass}>
            {t('review.skip')}
          </Button>
        </div>
        <LabelGuide labels={labels} label={focused ?? cluster.likely?.label} />
      </div>
    </>
  )
}

function isOut({ takenOut }: Batches, threadId: string): boolean {
  return takenOut.value.has(threadId)
}

/** The label that most of the posts are predicted to have counts as the likeliest. */
function rankedOf({ likely }: Cluster) {
  return likely === undefined ? {} : { prediction: { label: likely.label, alternatives: [] } }
}
