import { decodeNumberCursor, type Page, toPage } from '../../platform/page.ts'
import { fold } from '../../text/terms/fold.ts'
import type { CurrentSynonyms } from './synonym-lists.ts'
import type { StoredEntry } from './synonym-store.ts'
import { lineOf } from './synonym-text.ts'

interface ListedSynonyms extends Page<StoredEntry & { readonly line: string }> {
  readonly version: number
  readonly total: number
}

/** The entries in force, the latest first: those with a text in one of their words, whatever its case and accents. */
export async function listSynonyms(
  synonyms: CurrentSynonyms,
  { q = '', cursor, limit }: { readonly q?: string; readonly cursor?: string; readonly limit: number },
): Promise<ListedSynonyms> {
  const { version, entries } = await synonyms.current()
  const before = cursor === undefined ? Number.POSITIVE_INFINITY : decodeNumberCursor(cursor)
  const wanted = plain(q)
  const found: StoredEntry[] = []
  for (const entry of [...entries.values()].reverse()) {
    if (found.length > limit) break
    if (entry.id < before && holds(entry, wanted)) found.push(entry)
  }
  const page = toPage(found, limit, ({ id }) => ({ key: String(id), id: '' }))
  return {
    ...page,
    version,
    total: entries.size,
    items: page.items.map((entry) => ({ ...entry, line: lineOf(entry) })),
  }
}

function holds({ words, alsoFinds = [] }: StoredEntry, wanted: string): boolean {
  return wanted === '' || [...words, ...alsoFinds].some(({ text }) => plain(text).includes(wanted))
}

/** Folded word by word, so that spaces stay. */
function plain(text: string): string {
  return text.trim().split(/\s+/).map(fold).join(' ')
}
