import { computed, signal } from '@preact/signals'
import { Problem } from '../api/client.ts'
import { newKey } from '../api/new-key.ts'
import { refresh } from '../api/resource.ts'
import { me, session } from '../sign-in/session.ts'
import { type Answer, isWaiting } from './answer.ts'
import { type AnswerStore, createAnswerStore } from './answer-store.ts'
import { sendAnswer, takeBackAnswer } from './send-answer.ts'

/** Answered ones that stay, so that they can be undone after a reload too. */
const HISTORY = 10
/** How soon the server is asked again when it does not answer. */
const AGAIN_MS = 2_000

/** Answers that wait for the server, and the latest that it has; the earliest first. */
export const answers = signal<readonly Answer[]>([])

/** Whether the answers that the browser kept are known yet. */
export const areAnswersKnown = signal(false)

/** How many answers and undoings the server has yet to hear of. */
export const waiting = computed(() => answers.value.filter(isWaiting).length)

/** Since when the server has not taken what waits for it; undefined while nothing waits. */
export const waitingSince = computed(() => {
  const times = answers.value.filter(isWaiting).map(({ at }) => at)
  return times.length === 0 ? undefined : Math.min(...times)
})

/** Whether the browser refuses to keep answers: those that wait are then lost if the page is closed. */
export const isStoreRefusing = signal(false)

/** Keys of answers that the browser did not keep. */
const unkept = new Set<string>()

let store: AnswerStore = createAnswerStore('')
let isSending = false

/**
 * Takes an answer: it counts at once, and goes to the server in the background. An answer that was taken back may be given
 * again; it is then a new one, of which the server knows nothing.
 */
export function give({
  facet,
  items,
  given,
  note,
  isUnlikely,
}: Pick<Answer, 'facet' | 'items' | 'given' | 'note' | 'isUnlikely'>): void {
  const known = { facet, items, given, note, isUnlikely }
  const answer: Answer = { ...known, key: newKey(), at: Date.now(), wasSent: false, isUndone: false }
  answers.value = [...answers.value, answer]
  void put(answer).then(send)
}

/** Takes an answer back: at once here, and at the server in the background if it may have it. */
export function takeBack({ key }: Answer): void {
  const answer = answers.value.find((each) => each.key === key)
  if (answer === undefined) return
  if (!answer.wasSent || answer.refusal !== undefined) drop(answer)
  else change(answer, { isUndone: true })
  void send()
}

/** Sends what is kept, now and whenever the server may be back, until the function it returns is called. */
export function sendKeptAnswers(): () => void {
  const stop = session.subscribe(({ state }) => {
    if (state !== 'in') return
    void takeUp(me.value?.id ?? '').then(send)
  })
  const timer = setInterval(() => void send(), AGAIN_MS)
  const sendNow = () => void send()
  window.addEventListener('online', sendNow)
  return () => {
    stop()
    clearInterval(timer)
    window.removeEventListener('online', sendNow)
  }
}

let person: string | undefined

/** Reads the answers of whoever signed in. */
async function takeUp(id: string): Promise<void> {
  if (person === id) return
  // Another person's answers are sent when they sign in again.
  if (person !== undefined) answers.value = []
  person = id
  store = createAnswerStore(id)
  areAnswersKnown.value = false
  const kept = await store.all()
  if (person !== id) return
  const given = answers.value.filter(({ key }) => !kept.some((each) => each.key === key))
  answers.value = [...kept, ...given]
  areAnswersKnown.value = true
}

/** Sends what waits, one after the other, from one window at a time. */
async function send(): Promise<void> {
  if (isSending || waiting.value === 0 || session.value.state !== 'in') return
  isSending = true
  try {
    await alone(sendAll)
  } finally {
    isSending = false
  }
}

async function sendAll(): Promise<void> {
  for (;;) {
    const next = answers.value.find(isWaiting)
    if (next === undefined) break
    if (!(await sendNext(next))) return
  }
  prune()
}

/** @returns whether to go on: false while the server does not answer, or nobody is signed in */
async function sendNext(next: Answer): Promise<boolean> {
  const { made } = next
  // Undone before it was sent, here or in another window.
  if (!isKnown(next) || (await wasRemoved(next))) {
    drop(next)
    return true
  }
  try {
    if (made === undefined) {
      const sent = change(next, { wasSent: true })
      const ids = await sendAnswer(sent)
      change(sent, { made: ids, savedAt: Date.now() })
      refresh('/review/counts', '/review/skips')
    } else {
      await takeBackAnswer(next, made)
      drop(next)
    }
    return true
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.isPassing) return false
    const { isUndone } = change(next, { refusal: { code: error.code, message: error.message } })
    if (isUndone) drop(next)
    return true
  }
}

function isKnown({ key }: Answer): boolean {
  return answers.value.some((each) => each.key === key)
}

/** Whether another window removed the answer from the browser's store, which may also never have taken it. */
async function wasRemoved({ key }: Answer): Promise<boolean> {
  if (unkept.has(key)) return false
  return store.find(key).then(
    (kept) => kept === undefined,
    () => false,
  )
}

/** Changes what is known of an answer; what happened to it meanwhile stays. */
function change({ key }: Answer, changes: Partial<Answer>): Answer {
  let changed: Answer | undefined
  answers.value = answers.value.map((each) => {
    if (each.key !== key) return each
    changed = { ...each, ...changes }
    return changed
  })
  const answer = changed
  if (answer === undefined) throw new Error(`no answer ${key}`)
  void put(answer)
  return answer
}

function drop({ key }: Answer): void {
  answers.value = answers.value.filter((each) => each.key !== key)
  void remove(key)
}

/** Drops what is neither waiting nor among the latest of its facet. */
function prune(): void {
  const left = new Map<string, number>()
  const old = answers.value.toReversed().filter((answer) => {
    const count = (left.get(answer.facet) ?? 0) + 1
    left.set(answer.facet, count)
    return count > HISTORY && !isWaiting(answer)
  })
  if (old.length === 0) return
  const keys = new Set(old.map(({ key }) => key))
  answers.value = answers.value.filter(({ key }) => !keys.has(key))
  void remove(...keys)
}

/** Where the browser keeps nothing, what is on the page still counts, and the person is told. */
async function put(answer: Answer): Promise<void> {
  try {
    await store.put(answer)
    unkept.delete(answer.key)
  } catch {
    unkept.add(answer.key)
  }
  isStoreRefusing.value = unkept.size > 0
}

async function remove(...keys: readonly string[]): Promise<void> {
  for (const key of keys) unkept.delete(key)
  isStoreRefusing.value = unkept.size > 0
  // What stays in the store although it is done is sent again under its key, which changes nothing.
  await store.remove(...keys).catch(() => {})
}

/** Without HTTPS there are no locks; two windows may then send the same, which counts once. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (navigator.locks === undefined) await work()
  else await navigator.locks.request('entraide-answers', work)
}
