import { useEffect, useMemo, useState } from 'preact/hooks'
import { type Endless, useEndless } from '../../api/endless.ts'
import { prefetch, type Resource, refresh, useResource } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'
import type { FilterState } from './filters.ts'
import { type Counts, type InboxRow, inboxPath, type ShownInboxThread } from './inbox.ts'

/** The most that the API gives at once. */
const PAGE = 100
/** How often the clocks are read again. */
const TICK_MS = 30_000

export function useInbox({ query }: FilterState): Endless<InboxRow> {
  const inbox = useEndless<ItemOf<Get<'/api/inbox'>>>('/inbox', { ...query, limit: PAGE })
  const { data } = inbox
  const rows = useMemo(() => data?.map((each) => ({ ...each, id: each.threadId })), [data])
  return { ...inbox, data: rows }
}

export function useCounts(): Resource<Counts> {
  return useResource<Counts>('/inbox/counts', { keepPrevious: true })
}

export function useInboxThread(id: string): Resource<ShownInboxThread> {
  return useResource<ShownInboxThread>(inboxPath(id))
}

/** Asks for what `useInboxThread` shows before it is shown. */
export function prefetchInboxThread(id: string): void {
  prefetch(inboxPath(id))
}

/** The time, for clocks; what has come due meanwhile is counted again. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now())
      refresh('/inbox/counts')
    }, TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
