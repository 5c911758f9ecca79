import type { Place, SourceItem, SourceRecord } from '../record.ts'

/**
 * Collects the accepted answers of each thread, where an export states them one by one and in any order, because an
 * acceptance record is a whole set. It grows by some hundred bytes per thread.
 */
export class Acceptances {
  readonly #threads = new Map<string, readonly string[]>()

  /** Adds a thread whose acceptances the export states, even if there are none. */
  addThread(threadId: string): void {
    if (!this.#threads.has(threadId)) this.#threads.set(threadId, nothing)
  }

  accept(threadId: string, postId: string): void {
    const before = this.#threads.get(threadId) ?? nothing
    if (!before.includes(postId)) this.#threads.set(threadId, [...before, postId])
  }

  /**
   * @param isPartial whether answers of a thread are missing: then only updates of the known ones are yielded, because
   *   others may be accepted too
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
