import type { DocumentKind } from './document.ts'
import { type DocumentTable, NAME_COLUMNS, type NameColumn } from './document-table.ts'

/** What a hit must be; each list is a choice, and an empty list matches nothing. Absent means any. */
export interface SearchFilter {
  readonly kinds?: readonly DocumentKind[] | undefined
  readonly languages?: readonly string[] | undefined
  readonly categories?: readonly string[] | undefined
  readonly sources?: readonly string[] | undefined
  /** Ids that no hit may have. */
  readonly without?: ReadonlySet<string> | undefined
}

const LIST_OF = {
  kind: 'kinds',
  language: 'languages',
  category: 'categories',
  source: 'sources',
} as const satisfies Record<NameColumn, keyof SearchFilter>

/**
 * Brings those of `docs[0 … count)` that the filter lets through to the front, and returns how many they are.
 * A column at a time, so that no filter costs nothing.
 */
export function applyFilter(
  table: DocumentTable,
  filter: SearchFilter,
  docs: Uint32Array,
  count: number,
): number {
  for (const column of NAME_COLUMNS) {
    const wanted = filter[LIST_OF[column]]
    if (wanted === undefined) continue
    const codes = table.columns[column]
    const allowed = allowedCodes(table, column, wanted)
    let kept = 0
    for (let i = 0; i < count; i++) {
      const doc = docs[i]!
      if (allowed[codes[doc]!] !== 1) continue
      docs[i] = docs[kept]!
      docs[kept++] = doc
    }
    count = kept
  }
  return filter.without === undefined ? count : leaveOut(table, filter.without, docs, count)
}

function leaveOut(
  table: DocumentTable,
  without: ReadonlySet<string>,
  docs: Uint32Array,
  count: number,
): number {
  if (without.size === 0) return count
  let kept = 0
  for (let i = 0; i < count; i++) {
    const doc = docs[i]!
    if (without.has(table.idOf(doc))) continue
    docs[i] = docs[kept]!
    docs[kept++] = doc
  }
  return kept
}

function allowedCodes(table: DocumentTable, column: NameColumn, wanted: readonly string[]): Uint8Array {
  const allowed = new Uint8Array(table.names[column].all().length)
  for (const name of wanted) {
    // '' stands for a document that has none, which no filter asks for.
    const code = name === '' ? undefined : table.names[column].find(name)
    if (code !== undefined) allowed[code] = 1
  }
  return allowed
}
