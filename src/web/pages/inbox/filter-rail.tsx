import type { RefObject } from 'preact'
import { t } from '../../messages/messages.ts'
import { ChoiceList } from '../threads/list/choice-list.tsx'
import { type FilterState, VIEWS } from './filters.ts'
import type { Counts } from './inbox.ts'

/** Which threads to show, and of which queue, each with how many there are. */
export function FilterRail({
  state: { filters, view, change },
  counts,
  first,
}: {
  readonly state: FilterState
  readonly counts: Counts | undefined
  /** Where `f` goes. */
  readonly first: RefObject<HTMLDivElement>
}) {
  const queues = counts?.queues ?? []
  const { queue } = filters
  const listed =
    queue === undefined || queues.some(({ name }) => name === queue)
      ? queues
      : [...queues, { name: queue, open: 0 }]
  return (
    <div class="threads-rail" ref={first}>
      <ChoiceList
        title={t('inbox.show')}
        choices={VIEWS.map((value) => ({ value, label: t(`inbox.view-${value}`), count: counts?.[value] }))}
        chosen={view === undefined ? [] : [view]}
        atLeast={false}
        onToggle={(value) => change({ view: value === view ? undefined : value })}
      />
      <ChoiceList
        title={t('inbox.queue')}
        choices={listed.map(({ name, open }) => ({ value: name, label: name, count: open }))}
        chosen={queue === undefined ? [] : [queue]}
        atLeast={false}
        onToggle={(value) => change({ queue: value === queue ? undefined : value })}
      />
    </div>
  )
}
