import { signal } from '@preact/signals'
import { call, Problem } from '../../api/client.ts'
import { changeRows, outdateRows } from '../../api/endless.ts'
import { newKey } from '../../api/new-key.ts'
import { refresh } from '../../api/resource.ts'
import type { Post } from '../../api/types.ts'
import { number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { type ListedThread, pathOf } from './thread.ts'

/** Threads that are labelled or promoted together. */
export type Target = Pick<ListedThread, 'id' | 'title'> & Partial<Pick<ListedThread, 'labels'>>

/** Something done to threads or candidates, that can be undone. */
export interface Change {
  readonly id: number
  readonly what: string
  undo(): Promise<void>
}

const KEPT = 10
/** The most that the API takes at once. */
const AT_ONCE = 100

/** The last ten changes, latest first. */
export const changes = signal<readonly Change[]>([])
/** Why the latest one was refused. */
export const refusal = signal<Problem | undefined>(undefined)
/** What happened last, to be read aloud. */
export const happened = signal('')

let made = 0

/** Keeps a change among those that can be undone. */
export function keepChange(what: string, undo: () => Promise<void>): void {
  made += 1
  changes.value = [{ id: made, what, undo }, ...changes.value].slice(0, KEPT)
  happened.value = what
}

/** Undoes the latest change, or the one given. */
export async function undoChange(change = changes.value[0]): Promise<void> {
  if (change === undefined) return
  changes.value = changes.value.filter(({ id }) => id !== change.id)
  if (await attempt(change.undo)) {
    happened.value = t('threads.undone', { what: change.what })
    return
  }
  // It is not undone: it may be tried again, and the lists show what is.
  changes.value = [...changes.value, change].sort((one, other) => other.id - one.id).slice(0, KEPT)
  refresh('/threads', '/review/counts', '/candidates')
}

/** @returns whether it was done; else `refusal` says why not */
export async function attempt(act: () => Promise<unknown>): Promise<boolean> {
  refusal.value = undefined
  try {
    await act()
    return true
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    refusal.value = error
    return false
  }
}

/** Labels threads: shown at once, put back where the server refuses. */
export async function labelThreads(targets: readonly Target[], facet: string, label: string): Promise<void> {
  const before = new Map(targets.map(({ id, labels }) => [id, labels]))
  showLabel(before.keys(), facet, label)
  const sent = send(targets, facet, label)
  const { title } = targets[0] ?? {}
  const what =
    targets.length === 1 && title !== undefined && title !== ''
      ? t('threads.labelledOne', { label, title })
      : t('threads.labelled', { label, count: targets.length, shown: number(targets.length) })
  keepChange(what, async () => {
    putBack(before)
    const { ids } = await sent
    for (const chunk of inChunks(ids)) await call('POST', '/annotations/revoke', { body: { ids: chunk } })
    refreshLabelled(before.keys())
  })
  const change = changes.value[0]
  const { problem, refused } = await sent
  if (problem !== undefined) {
    putBack(new Map(refused.map((id) => [id, before.get(id)])))
    if (refused.length === targets.length) changes.value = changes.value.filter((each) => each !== change)
    refusal.value = problem
  }
  refreshLabelled(before.keys())
}

interface Sent {
  /** Of the annotations made. */
  readonly ids: readonly string[]
  /** Threads that were not labelled. */
  readonly refused: readonly string[]
  readonly problem?: Problem
}

async function send(targets: readonly Target[], facet: string, label: string): Promise<Sent> {
  const ids: string[] = []
  refusal.value = undefined
  for (const chunk of inChunks(targets)) {
    const items = chunk.map(({ id: threadId }) => ({ threadId, facet, label }))
    try {
      const { data } = await call<Post<'/api/annotations'>>('POST', '/annotations', {
        body: { items },
        idempotencyKey: newKey(),
      })
      ids.push(...data.items.map(({ id }) => id))
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      return { ids, refused: targets.slice(ids.length).map(({ id }) => id), problem }
    }
  }
  return { ids, refused: [] }
}

function showLabel(threadIds: Iterable<string>, facet: string, label: string): void {
  const ids = new Set(threadIds)
  changeRows<ListedThread>('/threads', (thread) =>
    ids.has(thread.id)
      ? {
          ...thread,
          labels: [
            ...thread.labels.filter((each) => each.facet !== facet),
            { facet, label, provenance: 'agent' },
          ],
        }
      : thread,
  )
}

function putBack(before: ReadonlyMap<string, ListedThread['labels'] | undefined>): void {
  changeRows<ListedThread>('/threads', (thread) => {
    const labels = before.get(thread.id)
    return labels === undefined ? thread : { ...thread, labels }
  })
}

/** What became of threads that were promoted together. */
export interface Promoted {
  readonly created: number
  readonly before: number
  /** Codes of the problems of the others. */
  readonly refused: readonly { readonly threadId: string; readonly code: string }[]
}

/** Makes drafts of articles of threads, each on its own. @throws Problem */
export async function promoteThreads(targets: readonly Target[]): Promise<Promoted> {
  const items: { threadId: string; created?: boolean; code?: string }[] = []
  for (const chunk of inChunks(targets)) {
    const { data } = await call<{ readonly items: typeof items }>('POST', '/articles/promotions', {
      body: { threadIds: chunk.map(({ id }) => id) },
    })
    items.push(...data.items)
  }
  refresh('/articles', '/threads')
  return {
    created: items.filter(({ created }) => created === true).length,
    before: items.filter(({ created }) => created === false).length,
    refused: items.flatMap(({ threadId, code }) => (code === undefined ? [] : [{ threadId, code }])),
  }
}

/** Something done to one thread that another call undoes; both by paths of the API. */
export async function doToThread(
  what: string,
  act: () => Promise<unknown>,
  undo: () => Promise<unknown>,
): Promise<boolean> {
  if (!(await attempt(act))) return false
  keepChange(what, async () => {
    await undo()
    refreshThreads()
  })
  refreshThreads()
  return true
}

/** The lists show the labels already: asked for anew, page after page, they would hold up whoever labels on. */
function refreshLabelled(ids: Iterable<string>): void {
  refresh('/threads/counts', '/review/counts', ...[...ids].map(pathOf))
  outdateRows('/threads')
}

function refreshThreads(): void {
  refresh('/threads', '/review/counts')
}

function inChunks<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) =>
    all.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  )
}
