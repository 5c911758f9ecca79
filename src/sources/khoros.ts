import { cleanText } from './clean-text.ts'
import type { JsonDocument } from './json-document.ts'
import { type JsonExportReader, readJsonExport } from './json-export.ts'
import { isObject, type JsonObject } from './json-fields.ts'
import { KhorosCommunity } from './khoros-community.ts'
import type { SourceFormat, SourceItem } from './record.ts'

/**
 * A Khoros (Lithium) community as LiQL queries over `messages` answer: `{ status, data: { items: […] } }`, one answer
 * after the other, one a line or a file each, in any order; bare messages too.
 */
export const khoros: SourceFormat = {
  name: 'khoros',
  description: 'Khoros community: messages as JSON of LiQL queries (Community API v2)',
  read: (paths, progress) => readJsonExport(paths, progress, createReader()),
}

function createReader(): JsonExportReader {
  const community = new KhorosCommunity()
  return {
    arrays: ['data.items', 'items'],
    read: readOne,
    end: () => community.end(),
  }

  function readOne({ value, member, place }: JsonDocument, items: SourceItem[]): string | undefined {
    if (!isObject(value)) return 'no message and no list of messages'
    if (isMessage(value)) {
      community.message(value, place, items)
      return undefined
    }
    if (value.status === 'error') return errorOf(value)
    if (member !== undefined) return 'no message, but an element of a list of something else'
    const data = isObject(value.data) ? value.data : value
    if (!Array.isArray(data.items)) return 'no message and no list of messages'
    for (const item of data.items) readOne({ value: item, member: 'items', place: { ...place } }, items)
    community.page(data, place)
    return undefined
  }
}

function isMessage(value: JsonObject): boolean {
  return (
    value.type === 'message' || ('id' in value && 'body' in value && ('topic' in value || 'depth' in value))
  )
}

function errorOf({ message }: JsonObject): string {
  const told = typeof message === 'string' ? `: ${message.slice(0, 100)}` : ''
  return cleanText(`Khoros answered an error${told}`)
}
