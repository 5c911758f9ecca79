import type { Place, SourceItem } from './record.ts'

const BATCH = 1000

/**
 * Gathers which answers are accepted, because the rows of a thread may stand anywhere and an acceptance is a whole set.
 * It is the one thing that grows with a CSV: some hundred bytes a thread.
 */
export class CsvAcceptances {
  readonly #threads = new Map<string, Set<string>>()

  /** A thread of which the export says what is accepted, be it nothing. */
  tell(threadId: string): void {
    if (!this.#threads.has(threadId)) this.#threads.set(threadId, none)
  }

  accept(threadId: string, postId: string): void {
    const accepted = this.#threads.get(threadId)
    if (accepted === undefined || accepted === none) this.#threads.set(threadId, new Set([postId]))
    else accepted.add(postId)
  }

  *items(file: string): Generator<readonly SourceItem[]> {
    const place: Place = { file }
    let items: SourceItem[] = []
    for (const [threadId, accepted] of this.#threads) {
      const postIds = [...accepted].sort()
      items.push({ outcome: 'record', record: { type: 'acceptance', threadId, postIds }, place })
      if (items.length === BATCH) {
        yield items
        items = []
      }
    }
    if (items.length > 0) yield items
  }
}

/** Most threads have no accepted answer; they share one empty set. */
const none: Set<string> = new Set()
