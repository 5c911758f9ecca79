import { createStore, delMany, entries, get, setMany } from 'idb-keyval'
import { keepText, keptText, keptTexts } from '../parts/kept-text.ts'
import type { Answer } from './answer.ts'

export type AnswerStore = ReturnType<typeof createAnswerStore>

/** What stands for an answer that is being removed. */
const REMOVED = '-'

/**
 * Answers of one person in IndexedDB, one entry each, so that several windows do not overwrite one another. Until
 * IndexedDB has a change, local storage has it: a page that closes in between would lose it.
 */
export function createAnswerStore(person: string) {
  const prefix = `${person} `
  const pending = `answer ${prefix}`
  // Opened when first needed: a browser may forbid it, and then answers live as long as the page.
  let opened: ReturnType<typeof createStore> | undefined
  const store = () => {
    opened ??= createStore('entraide-answers', 'answers')
    return opened
  }

  /** Writes down what changes before IndexedDB is asked, and crosses it out once that has it. */
  async function change(texts: ReadonlyMap<string, string>, write: () => Promise<void>): Promise<void> {
    for (const [key, text] of texts) keepText(pending + key, text)
    await write()
    for (const [key, text] of texts) if (keptText(pending + key) === text) keepText(pending + key, '')
  }

  async function put(answer: Answer): Promise<void> {
    await change(new Map([[answer.key, JSON.stringify(answer)]]), () =>
      setMany([[prefix + answer.key, answer]], store()),
    )
  }

  async function remove(...keys: readonly string[]): Promise<void> {
    const names = keys.map((key) => prefix + key)
    await change(new Map(keys.map((key) => [key, REMOVED])), () => delMany(names, store()))
  }

  async function readable(): Promise<[string, Answer][]> {
    try {
      return await entries<string, Answer>(store())
    } catch {
      return []
    }
  }

  return {
    async all(): Promise<Answer[]> {
      const found = new Map<string, Answer>()
      for (const [name, answer] of await readable())
        if (name.startsWith(prefix)) found.set(answer.key, answer)
      // What an earlier page did not finish.
      for (const [key, text] of keptTexts(pending)) {
        const answer: Answer | undefined = text === REMOVED ? undefined : JSON.parse(text)
        if (answer === undefined) found.delete(key)
        else found.set(key, answer)
        await (answer === undefined ? remove(key) : put(answer)).catch(() => {})
      }
      return [...found.values()].sort((one, other) => (one.key < other.key ? -1 : 1))
    },

    /** @returns undefined where it is not kept any more: another window undid it */
    async find(key: string): Promise<Answer | undefined> {
      const text = keptText(pending + key)
      if (text === undefined) return get<Answer>(prefix + key, store())
      return text === REMOVED ? undefined : JSON.parse(text)
    },

    put,
    remove,
  }
}
