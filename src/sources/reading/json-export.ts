import { sourceErrors } from '../errors.ts'
import type { Place, ReadProgress, SourceItem } from '../record.ts'
import { batchesOf } from './batches.ts'
import { readJsonDocuments } from './json-documents.ts'
import type { JsonDocument, JsonReading } from './json-fields.ts'

/** How one format reads the documents of a JSON export. */
export interface JsonExportReader extends JsonReading {
  /** @returns why the document is none of this format's, where it is not */
  read(document: JsonDocument, items: SourceItem[]): string | undefined
  /** What only the whole export can tell; called when all of it was read without a fault. */
  end?(): Iterable<SourceItem>
}

/** Strange documents that are remembered until one is found that is not. */
const MOST_HELD = 100

/**
 * Reads an export of JSON documents. A document that is none of the format's (an error answer among pages) is
 * rejected as RECORD_TYPE_UNKNOWN; where there is nothing else, the export is none of the format's.
 *
 * @throws FILE_FORMAT_UNEXPECTED with the place of the first document, when all are strange; what readJsonDocuments throws
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
