import type { Place, SourceItem, SourceRecord } from '../record.ts'

/**
 * Gathers which answers of a thread are accepted, where they are told apart from each other and in any order: an
 * acceptance is a whole set. It grows by some hundred bytes a thread.
 */
export class Acceptances {
  readonly #threads = new Map<string, readonly string[]>()

  /** A thread of which the export says what is accepted, be it nothing. */
  tell(threadId: string): void {
    if (!this.#threads.has(threadId)) this.#threads.set(threadId, nothing)
  }

  accept(threadId: string, postId: string): void {
    const before = this.#threads.get(threadId) ?? nothing
    if (!before.includes(postId)) this.#threads.set(threadId, [...before, postId])
  }

  /**
   * @param isPartial threads of which not all answers are here: of them only what is accepted is told, since others
   *   may be too
   */
  *items(place: Place, isPartial: (threadId: string) => boolean = () => false): Generator<SourceItem> {
    for (const [threadId, accepted] of this.#threads) {
      const postIds = [...accepted].sort()
      const records: SourceRecord[] = isPartial(threadId)
        ? postIds.map((postId) => ({ type: 'acceptance-update', threadId, postId, accepted: true }))
        : [{ type: 'acceptance', threadId, postIds }]
      for (const record of records) yield { outcome: 'record', record, place: { ...place } }
    }
  }
}

/** Most threads have no accepted answer: they share this. */
const nothing: readonly string[] = []
