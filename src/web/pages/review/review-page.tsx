import { useEffect, useMemo, useState } from 'preact/hooks'
import { useSearchParams } from 'wouter-preact'
import type { QueueItem } from '../../answers/answer.ts'
import { latestEvent } from '../../live/live.ts'
import { t } from '../../messages/messages.ts'
import { ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Loading, ProblemNote } from '../../parts/states.tsx'
import { me } from '../../sign-in/session.ts'
import { Actions } from './actions.tsx'
import { Announcement } from './announcement.tsx'
import { DisputeDialog } from './dispute-dialog.tsx'
import { EndOfQueue } from './end-of-queue.tsx'
import { FacetTabs, useFacet } from './facet-tabs.tsx'
import { History } from './history.tsx'
import { LabelGuide } from './label-guide.tsx'
import { LabelList } from './label-list.tsx'
import { LabelSearch } from './label-search.tsx'
import { NoteField } from './note-field.tsx'
import { PostView } from './post-view.tsx'
import { createQueue, type Queue } from './queue.ts'
import { Taught } from './taught.tsx'
import { useReviewKeys } from './use-review-keys.ts'
import { strongestOf, useExplanation, Why } from './why.tsx'

/** With more labels than this, one finds them by typing. */
export const FEW = 10

/** One post at a time: an answer, and the next is there. */
export function ReviewPage() {
  const facet = useFacet()
  const person = me.value?.id
  const queue = useMemo(() => createQueue(facet), [facet, person])
  useEffect(() => {
    void queue.load()
    return queue.close
  }, [queue])
  useReloading(queue)
  return (
    <Page
      title={t('review.title')}
      actions={
        <ButtonLink kind="quiet" icon="layers" href={`/batches?facet=${encodeURIComponent(facet)}`}>
          {t('review.batches')}
        </ButtonLink>
      }
    >
      <FacetTabs path="/" />
      <Taught facet={facet} />
      <Desk key={facet} queue={queue} />
      <Announcement queue={queue} />
    </Page>
  )
}

/** What a new version or another agent changed is asked for; so is the queue when the window is come back to. */
function useReloading(queue: Queue): void {
  const event = latestEvent.value
  useEffect(() => {
    const isNew = event?.type === 'model.activated' && event.data.facet === queue.facet
    const isMore = event?.type === 'queue.changed' && queue.upcoming.value.length === 0
    if (isNew || isMore) void queue.load({ anew: true })
  }, [event])
  useEffect(() => {
    const look = () => void (document.visibilityState === 'visible' && queue.load({ anew: true }))
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [queue])
}

function Desk({ queue }: { readonly queue: Queue }) {
  const item = queue.current.value
  const problem = queue.problem.value
  const waitsForServer = item === undefined && problem !== undefined
  useEffect(() => {
    if (!waitsForServer) return
    const timer = setInterval(() => void queue.load({ anew: true }), 3_000)
    return () => clearInterval(timer)
  }, [waitsForServer])
  return (
    <div class="review">
      {item !== undefined ? (
        <Item queue={queue} item={item} />
      ) : (
        <div class="review-post">
          {problem !== undefined ? (
            <ProblemNote problem={problem} onRetry={() => void queue.load({ anew: true })} />
          ) : queue.isReady.value ? (
            <EndOfQueue queue={queue} />
          ) : (
            <Loading />
          )}
        </div>
      )}
      <History queue={queue} />
    </div>
  )
}

function Item({ queue, item }: { readonly queue: Queue; readonly item: QueueItem }) {
  const [search, setSearch] = useSearchParams()
  const isWhole = search.has('whole')
  const isWhy = search.has('why')
  const [focused, focus] = useState<string>()
  const [opened, open] = useState<'search' | 'note' | 'dispute' | undefined>()
  const turn = (name: 'whole' | 'why') =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        if (after.has(name)) after.delete(name)
        else after.set(name, '1')
        return after
      },
      { replace: true },
    )
  useEffect(() => {
    focus(undefined)
    open(undefined)
  }, [item.threadId])
  useReviewKeys(queue, { turn, open })
  const labels = queue.labels.value
  const answer = (given: string) => queue.answer({ kind: 'label', label: given })
  const label = focused ?? item.prediction?.label
  const explanation = useExplanation({ queue, item, label, isShown: isWhy })
  return (
    <>
      <div class="review-post stack">
        <PostView
          item={item}
          isWhole={isWhole}
          spans={explanation.data && strongestOf(explanation.data)}
          onWhole={() => turn('whole')}
        />
        <NoteField
          key={item.threadId}
          facet={queue.facet}
          threadId={item.threadId}
          isOpen={opened === 'note'}
          onClose={() => open(undefined)}
        />
      </div>
      <div class="review-side stack">
        {(opened === 'search' || labels.length > FEW) && (
          <LabelSearch
            labels={labels}
            isOpen={opened === 'search'}
            onAnswer={answer}
            onClose={() => open(undefined)}
          />
        )}
        <LabelList labels={labels} item={item} onAnswer={answer} onFocus={focus} />
        <Actions
          queue={queue}
          isWhy={isWhy}
          onWhy={() => turn('why')}
          onNote={() => open('note')}
          onDispute={() => open('dispute')}
        />
        <LabelGuide labels={labels} label={label} />
        {opened === 'dispute' && <DisputeDialog queue={queue} item={item} onClose={() => open(undefined)} />}
        {isWhy && <Why item={item} label={label} explanation={explanation} />}
      </div>
    </>
  )
}
