import { batch, computed, effect, signal } from '@preact/signals'
import { type Answer, countsAsAnswered, isOfQueue, isWaiting, type QueueItem } from '../../answers/answer.ts'
import { answers, give, takeBack } from '../../answers/answers.ts'
import { call, Problem } from '../../api/client.ts'
import type { Get } from '../../api/types.ts'
import { returnNote, takeNote } from './notes.ts'
import { isUnlikely } from './unlikely.ts'

export type ReviewQueue = Get<'/api/review/queue'>
export type LabelChoice = ReviewQueue['labels'][number]

interface Loaded {
  readonly item: QueueItem
  /** When the server was asked for it: what was answered before that was asked again. */
  readonly askedAt: number
}

/** Items that are there before they are needed. */
const AHEAD = 10
const LOADED_AT_ONCE = 15
const HISTORY = 10

/** Answers given, and undone. */
export type Past = Pick<Queue, 'history' | 'undone' | 'undo' | 'redo'>

export type Queue = ReturnType<typeof createQueue>

/** How old what the server chooses from may be. */
const READ_BEFORE_MS = 10_000

/**
 * The review queue of a facet as one person works through it. Answers count at once: what is shown is what the server
 * handed out, less what was answered; an answer that is undone or refused puts its item back where it was.
 */
export function createQueue(facet: string) {
  const loaded = signal<readonly Loaded[]>([])
  const labels = signal<readonly LabelChoice[]>([])
  const notice = signal<ReviewQueue['notice']>(undefined)
  const problem = signal<Problem | undefined>(undefined)
  const isLoading = signal(false)
  const isReady = signal(false)
  /** Answers undone, the latest last. */
  const undone = signal<readonly Answer[]>([])
  /** The server had nothing new; it is asked again once that may have changed. */
  let isDry = false
  /** When items were answered, by thread: the server may choose from what it read a moment before. */
  const handled = new Map<string, number>()

  const own = computed(() => answers.value.filter((each) => each.facet === facet))
  const upcoming = computed(() =>
    loaded.value.filter((each) => !isAnswered(each, own.value)).map(({ item }) => item),
  )
  const current = computed(() => upcoming.value[0])
  const history = computed(() =>
    own.value
      .filter(({ isUndone }) => !isUndone)
      .toReversed()
      .slice(0, HISTORY),
  )

  // Of what the server has, only the latest answers are kept: their items must not count as open once these are gone.
  const close = effect(() => {
    for (const answer of own.value)
      for (const { threadId } of answer.items) {
        if (countsAsAnswered(answer)) handled.set(threadId, answer.savedAt ?? answer.at)
        else handled.delete(threadId)
      }
    const saved = own.value.filter((each) => each.made !== undefined)
    const open = loaded.peek().filter((each) => !isAnswered(each, saved))
    if (open.length < loaded.peek().length) loaded.value = open
  })

  /** Asks for the items to come. @param anew also where there was nothing new the last time */
  async function load({ anew = false } = {}): Promise<void> {
    if (isLoading.value || (isDry && !anew)) return
    isLoading.value = true
    const askedAt = Date.now()
    try {
      const { data } = await call<ReviewQueue>('GET', '/review/queue', {
        // What waits for the server is still handed out to us.
        query: { facet, limit: LOADED_AT_ONCE + own.value.filter(isWaiting).length, posts: 'all' },
      })
      batch(() => {
        const before = upcoming.value.length
        const items = data.items.filter(
          ({ threadId }) => (handled.get(threadId) ?? 0) < askedAt - READ_BEFORE_MS,
        )
        loaded.value = merged(loaded.value, items, { askedAt, own: own.value })
        labels.value = data.labels
        notice.value = data.notice
        problem.value = undefined
        isReady.value = true
        isDry = upcoming.value.length <= before && !own.value.some(isWaiting)
      })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problem.value = error
    } finally {
      isLoading.value = false
    }
  }

  function topUp(): void {
    if (upcoming.value.length === 0 && !own.value.some(isWaiting)) isDry = false
    if (upcoming.value.length <= AHEAD) void load()
  }

  function answer(given: Answer['given'], { isRedo = false } = {}): void {
    const item = current.value
    if (item === undefined) return
    batch(() => {
      if (!isRedo) undone.value = []
      give({
        facet,
        items: [item],
        given,
        note: takeNote(facet, item.threadId),
        isUnlikely: given.kind === 'label' && isUnlikely(given.label, item),
      })
    })
    topUp()
  }

  /** Takes an answer back, the latest by default, and shows its item again. */
  function undo(wanted = history.value[0]): void {
    if (wanted === undefined) return
    batch(() => {
      takeBack(wanted)
      for (const { threadId } of wanted.items) returnNote(facet, threadId, wanted.note)
      undone.value = [...undone.value, wanted]
      const again = wanted.items.filter(isOfQueue).map((item) => ({ item, askedAt: wanted.at }))
      const ids = new Set(again.map(({ item }) => item.threadId))
      loaded.value = [...again, ...loaded.value.filter(({ item }) => !ids.has(item.threadId))]
    })
  }

  /** Gives the answer again that was undone last, as long as its item is the one that is shown. */
  function redo(): void {
    const last = undone.value.at(-1)
    if (last === undefined || last.items[0]?.threadId !== current.value?.threadId) return
    batch(() => {
      undone.value = undone.value.slice(0, -1)
      answer(last.given, { isRedo: true })
    })
  }

  return {
    facet,
    labels,
    notice,
    problem,
    isLoading,
    isReady,
    upcoming,
    current,
    history,
    undone,
    load,
    topUp,
    answer,
    undo,
    redo,
    close,
  }
}

/** Whether an item was answered since the server handed it out. */
function isAnswered({ item, askedAt }: Loaded, own: readonly Answer[]): boolean {
  return own.some(
    (answer) =>
      countsAsAnswered(answer) &&
      (isWaiting(answer) || answer.at >= askedAt || (answer.savedAt ?? 0) >= askedAt) &&
      answer.items.some(({ threadId }) => threadId === item.threadId),
  )
}

/**
 * What is shown stays where it is, with what the server knows of it now; what is new follows, misroutes first. The item
 * in hand stays as it is: its keys must not change under the fingers.
 */
function merged(
  before: readonly Loaded[],
  items: readonly QueueItem[],
  { askedAt, own }: { readonly askedAt: number; readonly own: readonly Answer[] },
): Loaded[] {
  const open = before.filter((each) => !isAnswered(each, own))
  const fresh = new Map(items.map((item) => [item.threadId, item]))
  const [inHand, ...rest] = open
  const kept = rest.map((each) => ({ ...each, item: fresh.get(each.item.threadId) ?? each.item }))
  const known = new Set(open.map(({ item }) => item.threadId))
  const added = items
    .filter(({ threadId }) => !known.has(threadId))
    .map((item) => ({ item, askedAt }))
    .filter((each) => !isAnswered(each, own))
  const urgent = ({ item }: Loaded) => item.why === 'misroute'
  const after = [...added.filter(urgent), ...kept, ...added.filter((each) => !urgent(each))]
  return inHand === undefined ? after : [inHand, ...after]
}
