import { useEffect } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { QueueItem } from '../../answers/answer.ts'
import { prefetch, type Resource, useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { number, percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Loaded } from '../../parts/states.tsx'
import type { Span } from './marked-text.tsx'
import type { Queue } from './queue.ts'

type Explanation = Get<'/api/threads/{id}/explanation'>

const WORDS = 6
const SIMILAR = 3

/** Why the model gives an item a label; never of a blind one. */
export function useExplanation({
  queue,
  item,
  label,
  isShown,
}: {
  readonly queue: Queue
  readonly item: QueueItem
  readonly label: string | undefined
  readonly isShown: boolean
}): Resource<Explanation> {
  const mayKnow = (each: QueueItem | undefined) => each !== undefined && each.prediction !== undefined
  const path = (threadId: string) => `/threads/${encodeURIComponent(threadId)}/explanation`
  const { facet } = queue
  const next = queue.upcoming.value[1]
  useEffect(() => {
    if (isShown && next !== undefined && mayKnow(next))
      prefetch(path(next.threadId), { facet, label: next.prediction?.label })
  }, [isShown, next?.threadId])
  return useResource<Explanation>(path(item.threadId), {
    query: { facet, label },
    enabled: isShown && mayKnow(item),
    staleMs: 300_000,
  })
}

/** The words that count most, in the order of the text. */
export function strongestOf({ for: words, against }: Explanation): readonly Span[] {
  return [...words.slice(0, WORDS), ...against.slice(0, WORDS)].sort((one, other) => one.start - other.start)
}

/** Words for and against a label, and labelled posts like this one. */
export function Why({
  item,
  label,
  explanation,
}: {
  readonly item: QueueItem
  readonly label: string | undefined
  readonly explanation: Resource<Explanation>
}) {
  return (
    <section class="review-why stack" aria-label={t('review.why')}>
      {item.blind ? (
        <p class="muted">{t('review.blindWhy')}</p>
      ) : item.prediction === undefined ? (
        <p class="muted">{t('review.noPrediction')}</p>
      ) : (
        <Loaded resource={explanation}>
          {(known) => <ExplainedLabel label={label ?? ''} explanation={known} />}
        </Loaded>
      )}
    </section>
  )
}

/** How likely a label is, and why. */
export function ExplainedLabel({
  label,
  explanation: { probability, for: words, against, similar },
}: {
  readonly label: string
  readonly explanation: Explanation
}) {
  return (
    <>
      <h3>{t('review.chance', { label, chance: percent(probability) })}</h3>
      <Words title={t('review.wordsFor')} words={words} />
      <Words title={t('review.wordsAgainst')} words={against} />
      <section class="stack stack-tight">
        <h3>{t('review.similar')}</h3>
        {similar.length === 0 && <p class="small muted">{t('review.noSimilar')}</p>}
        <ul class="stack stack-tight">
          {similar.slice(0, SIMILAR).map(({ threadId, label: given, text }) => (
            <li key={threadId ?? text} class="small">
              <strong>{given}</strong>{' '}
              {threadId === undefined ? text : <Link href={`~/app/threads/${threadId}`}>{text}</Link>}
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

function Words({ title, words }: { readonly title: string; readonly words: readonly Span[] }) {
  if (words.length === 0) return null
  return (
    <section class="stack stack-tight">
      <h3>{title}</h3>
      <ul class="row">
        {words.slice(0, WORDS).map(({ start, text, contribution }) => (
          <li key={start} class="small">
            <mark class="review-mark" data-against={contribution < 0 || undefined}>
              {text}
            </mark>{' '}
            <span class="muted number">{`${contribution < 0 ? '−' : '+'}${number(Math.abs(contribution), 1)}`}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
