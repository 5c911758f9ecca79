import { type Audience, visibleTo } from '../access/audience.ts'
import type { DocumentStore, StoredDocument } from './document-store.ts'
import { createRecentValues } from './engine/recent-values.ts'

/** Characters of the documents that are kept: twice as many bytes at most. */
const KEPT_CHARACTERS = 4_000_000

/** The texts of hits. */
export interface FoundDocuments {
  /** The documents of `ids` that the reader may see, by id: as the index holds them, or newer. */
  visible(ids: readonly string[], reader: Audience): Promise<Map<string, StoredDocument>>
  /** Forgets a document that has changed. */
  forget(id: string): void
  forgetAll(): void
}

/**
 * Reads documents from the database and keeps those found lately until the index learns of their next version, before
 * which it hands out none of them.
 *
 * @param position number of the last change that the index holds
 */
export function createFoundDocuments(
  store: Pick<DocumentStore, 'visible'>,
  position: () => number,
): FoundDocuments {
  const recent = createRecentValues<StoredDocument>(KEPT_CHARACTERS)

  async function read(ids: readonly string[], reader: Audience): Promise<Map<string, StoredDocument>> {
    const before = position()
    const found = await store.visible(ids, reader)
    // What the index has learned meanwhile may be newer than what was read.
    if (position() === before)
      for (const [id, document] of found) recent.set(id, document, weightOf(document))
    return found
  }

  return {
    async visible(ids, reader) {
      const audiences = visibleTo(reader)
      const kept = new Map<string, StoredDocument>()
      const missing: string[] = []
      for (const id of ids) {
        const document = recent.get(id)
        if (document === undefined) missing.push(id)
        else if (audiences.includes(document.audience)) kept.set(id, document)
      }
      if (missing.length === 0) return kept
      return new Map([...kept, ...(await read(missing, reader))])
    },
    forget: recent.delete,
    forgetAll: recent.clear,
  }
}

function weightOf({ title, issue, body }: StoredDocument): number {
  return title.length + issue.length + body.length
}
