import { sourceErrors } from '../errors.ts'
import { batchesOf, type Place, type ReadProgress, type SourceItem } from '../record.ts'

import { readJsonDocuments } from './json-documents.ts'
import type { JsonDocument, JsonReading } from './json-fields.ts'

/** How one format reads the documents of a JSON export. */
export interface JsonExportReader extends JsonReading {
  /** @returns why the document does not belong to this format; undefined if it does */
  read(document: JsonDocument, items: SourceItem[]): string | undefined
  /** Items that only the whole export determines; called once all of it was read without a fault. */
  end?(): Iterable<SourceItem>
}

/** How many unknown documents are kept until the first known one is found. */
const MOST_HELD = 100

/**
 * Reads an export of JSON documents. A document that does not belong to the format (an error response among pages) is
 * rejected as RECORD_TYPE_UNKNOWN; if there are no others, the export as a whole is rejected.
 *
 * @throws FILE_FORMAT_UNEXPECTED with the place of the first document, if all are unknown; what readJsonDocuments throws
 */
export async function* readJsonExport(
  paths: readonly string[],
  progress: ReadProgress,
  reader: JsonExportReader,
): AsyncGenerator<readonly SourceItem[]> {
  let isKnown = false
  const held: { readonly place: Place; readonly reason: string }[] = []
  for await (const block of readJsonDocuments(paths, progress, reader)) {
    const items: SourceItem[] = []
    for (const document of block) {
      if ('rejected' in document) {
        items.push(document.rejected)
        continue
      }
      const reason = reader.read(document, items)
      if (reason === undefined) {
        isKnown = true
        items.push(...held.splice(0).map(unknown))
      } else if (isKnown) items.push(unknown({ place: document.place, reason }))
      else if (held.length < MOST_HELD) held.push({ place: document.place, reason })
    }
    if (items.length > 0) yield items
  }
  const [first] = held
  if (first) throw sourceErrors.FILE_FORMAT_UNEXPECTED({ ...first.place, reason: first.reason })
  yield* batchesOf(reader.end?.() ?? [])
}

function unknown({ place, reason }: { place: Place; reason: string }): SourceItem {
  return { outcome: 'rejected', of: 'other', code: 'RECORD_TYPE_UNKNOWN', reason, place }
}
