import { createStore, delMany, entries, get, setMany } from 'idb-keyval'
import type { Answer } from './answer.ts'

export type AnswerStore = ReturnType<typeof createAnswerStore>

/** Answers of one person in IndexedDB, one entry each, so that several windows do not overwrite one another. */
export function createAnswerStore(person: string) {
  const prefix = `${person} `
  // Opened when first needed: a browser may forbid it, and then answers live as long as the page.
  let opened: ReturnType<typeof createStore> | undefined
  const store = () => {
    opened ??= createStore('entraide-answers', 'answers')
    return opened
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
      const found = await readable()
      return found
        .flatMap(([name, answer]) => (name.startsWith(prefix) ? [answer] : []))
        .sort((one, other) => (one.key < other.key ? -1 : 1))
    },

    /** @returns undefined where it is not kept any more: another window undid it */
    async find(key: string): Promise<Answer | undefined> {
      return get<Answer>(prefix + key, store())
    },

    async put(...answers: readonly Answer[]): Promise<void> {
      await setMany(
        answers.map((answer) => [prefix + answer.key, answer]),
        store(),
      )
    },

    async remove(...keys: readonly string[]): Promise<void> {
      await delMany(
        keys.map((key) => prefix + key),
        store(),
      )
    },
  }
}
