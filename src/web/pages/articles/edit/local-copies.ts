import { createStore, del, entries, promisifyRequest, set } from 'idb-keyval'
import type { Content } from '../article.ts'

/** A text as it was typed, and what it was typed upon. */
export interface LocalCopy {
  readonly content: Content
  /** What the server had. */
  readonly saved: Content
  readonly version: string
  readonly basedOn: number
  readonly at: number
}

export interface LocalCopies {
  /** What a window that is no longer open had not saved. */
  readonly found: LocalCopy | undefined
  /** Whether this browser stores anything at all. */
  readonly canKeep: boolean
  /** Stores the text at once, whatever becomes of the page then. Fails where the browser refuses, as when it is full. */
  keep(copy: LocalCopy): Promise<void>
  forget(): void
  close(): void
}

/** After a reload, the page before may not have let go yet. */
const GRACE_MS = 300

/**
 * The texts that a person typed into an article and that the server does not have yet. Each window keeps its own, so that
 * two never overwrite each other; a new window takes over what a closed one left.
 */
export async function openLocalCopies(userId: string, articleId: string): Promise<LocalCopies> {
  const store = createStore('entraide-drafts', 'texts')
  const prefix = `${userId} ${articleId} `
  const key = prefix + newName()
  const release = await holdName(key)
  const found = await takeOver()

  async function takeOver(): Promise<LocalCopy | undefined> {
    const all = (await entries<string, LocalCopy>(store)).filter(([each]) => each.startsWith(prefix))
    if (all.length === 0) return undefined
    let held = await heldNames()
    if (all.every(([each]) => held.has(each))) {
      await new Promise((resolve) => setTimeout(resolve, GRACE_MS))
      held = await heldNames()
    }
    const left = all.filter(([each]) => !held.has(each)).sort(([, a], [, b]) => b.at - a.at)
    const latest = left[0]
    if (latest === undefined) return undefined
    await set(key, latest[1], store)
    await del(latest[0], store)
    return latest[1]
  }

  /** Commits without waiting: what has left the page by then survives its end. */
  function change(act: (texts: IDBObjectStore) => void): Promise<void> {
    return store('readwrite', (texts) => {
      act(texts)
      const isDone = promisifyRequest(texts.transaction)
      texts.transaction.commit()
      return isDone
    })
  }

  return {
    found,
    canKeep: true,
    keep: (copy) => change((texts) => texts.put(copy, key)),
    // What stays is found again, and is then no newer than what the server has.
    forget: () => void change((texts) => texts.delete(key)).catch(() => {}),
    close: release,
  }
}

function newName(): string {
  return crypto.getRandomValues(new Uint32Array(2)).join('-')
}

/** Shows other windows that this one is open; where a page may not (no HTTPS), they take its text for left behind. */
async function holdName(name: string): Promise<() => void> {
  if (navigator.locks === undefined) return () => {}
  return new Promise((held) => {
    void navigator.locks.request(name, () => new Promise<void>((release) => held(release)))
  })
}

async function heldNames(): Promise<ReadonlySet<string | undefined>> {
  if (navigator.locks === undefined) return new Set()
  const { held = [] } = await navigator.locks.query()
  return new Set(held.map(({ name }) => name))
}
