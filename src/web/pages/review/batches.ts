import { batch, computed, type Signal, signal } from '@preact/signals'
import { type Answer, countsAsAnswered, type LookAlike } from '../../answers/answer.ts'
import { answers, give, takeBack } from '../../answers/answers.ts'
import type { Get, ItemOf } from '../../api/types.ts'

export type Cluster = ItemOf<Get<'/api/review/clusters'>>
type ClusteredThread = Cluster['threads'][number]

const HISTORY = 10

/** Look-alikes of a facet as one person labels them, a cluster at a time. @param clusters as the server knows them */
export function createBatches(facet: string, clusters: Signal<readonly Cluster[]>) {
  /** Threads that the answer is not about. */
  const takenOut = signal<ReadonlySet<string>>(new Set())
  /** First threads of clusters that were answered or passed over. */
  const passed = signal<readonly string[]>([])
  const undone = signal<readonly Answer[]>([])

  const own = computed(() => answers.value.filter((each) => each.facet === facet))
  const answered = computed(
    () =>
      new Set(
        own.value.filter(countsAsAnswered).flatMap(({ items }) => items.map(({ threadId }) => threadId)),
      ),
  )
  const upcoming = computed(() =>
    clusters.value.flatMap((cluster) => {
      const threads = cluster.threads.filter(({ threadId }) => !answered.value.has(threadId))
      return threads.length < 2 || passed.value.includes(seedOf(cluster)) ? [] : [{ ...cluster, threads }]
    }),
  )
  const current = computed(() => upcoming.value[0])
  const history = computed(() =>
    own.value
      .filter(({ isUndone }) => !isUndone)
      .toReversed()
      .slice(0, HISTORY),
  )

  /** What an answer would be about. */
  const included = computed(
    () => current.value?.threads.filter(({ threadId }) => !takenOut.value.has(threadId)) ?? [],
  )

  /** Of the clusters that an answer was about. */
  const seedsOf = (ids: ReadonlySet<string>) =>
    clusters.value.filter(({ threads }) => threads.some(({ threadId }) => ids.has(threadId))).map(seedOf)

  return {
    facet,
    upcoming,
    current,
    included,
    takenOut,
    history,
    undone,

    toggle(threadId: string): void {
      const next = new Set(takenOut.value)
      if (!next.delete(threadId)) next.add(threadId)
      takenOut.value = next
    },

    answer(label: string): void {
      const cluster = current.value
      if (cluster === undefined || included.value.length === 0) return
      batch(() => {
        undone.value = []
        give({ facet, items: included.value.map(toItem), given: { kind: 'label', label }, isUnlikely: false })
        passed.value = [...passed.value, seedOf(cluster)]
      })
    },

    pass(): void {
      const cluster = current.value
      if (cluster !== undefined) passed.value = [...passed.value, seedOf(cluster)]
    },

    undo(wanted = history.value[0]): void {
      if (wanted === undefined) return
      const ids = new Set(wanted.items.map(({ threadId }) => threadId))
      batch(() => {
        takeBack(wanted)
        undone.value = [...undone.value, wanted]
        const again = seedsOf(ids)
        passed.value = passed.value.filter((seed) => !again.includes(seed))
      })
    },

    redo(): void {
      const last = undone.value.at(-1)
      if (last === undefined) return
      batch(() => {
        undone.value = undone.value.slice(0, -1)
        give(last)
        const ids = new Set(last.items.map(({ threadId }) => threadId))
        passed.value = [...passed.value, ...seedsOf(ids)]
      })
    },
  }
}

function seedOf({ threads }: Cluster): string {
  return threads[0]?.threadId ?? ''
}

function toItem({ threadId, title, excerpt, language, source }: ClusteredThread): LookAlike {
  return { threadId, title, excerpt, language, source, blind: false }
}
