import type { CollectionSize } from './bm25f.ts'
import {
  AUDIENCES,
  type DocumentKind,
  FIELDS,
  type Field,
  openness,
  type SearchDocument,
} from './document.ts'

/** Openness of a document that was removed: nobody sees it. */
const REMOVED = -1

/** The columns that filters and scores read, by document number. They move when the table grows: read them again. */
export interface Columns {
  readonly openness: Int8Array
  readonly kind: Uint32Array
  readonly language: Uint32Array
  readonly category: Uint32Array
  readonly source: Uint32Array
  /** `FIELDS.length` a document, side by side. */
  readonly lengths: Uint16Array
}

export type NameColumn = 'kind' | 'language' | 'category' | 'source'
export const NAME_COLUMNS: readonly NameColumn[] = ['kind', 'language', 'category', 'source']

export interface TableState {
  readonly ids: readonly string[]
  readonly names: Readonly<Record<NameColumn, readonly string[]>>
  readonly columns: Columns
}

/** What a document is, beside what it says. */
export interface About {
  readonly kind: DocumentKind
  readonly language: string
  readonly category?: string | undefined
  readonly source?: string | undefined
}

export interface DocumentTable {
  readonly columns: Columns
  readonly names: Readonly<Record<NameColumn, Names>>
  append(document: Omit<SearchDocument, 'title' | 'body' | 'tags'>, lengths: readonly number[]): void
  remove(doc: number): void
  numberOf(id: string): number | undefined
  idOf(doc: number): string
  aboutOf(doc: number): About
  /** What a reader of that openness or less may see. */
  sizeFor(readerOpenness: number): CollectionSize
  /** Keeps the rows whose new number is given, in order. */
  renumber(renumbered: Uint32Array, removed: number): void
  /** Its columns trimmed to size; meant for a table without removed rows. */
  state(): TableState
}

export function createDocumentTable(initial?: TableState): DocumentTable {
  const names = {
    kind: createNames(initial?.names.kind),
    language: createNames(initial?.names.language),
    category: createNames(initial?.names.category),
    source: createNames(initial?.names.source),
  }
  let ids: string[] = []
  const numbers = new Map<string, number>()
  let columns = allocate(Math.max(1024, initial?.ids.length ?? 0))
  const sums = AUDIENCES.map(() => ({
    documents: 0,
    lengths: FIELDS.map(() => 0),
    withField: FIELDS.map(() => 0),
  }))

  function count(doc: number, sign: 1 | -1): void {
    const sum = sums[columns.openness[doc]!]!
    sum.documents += sign
    FIELDS.forEach((_, f) => {
      const length = columns.lengths[doc * FIELDS.length + f]!
      sum.lengths[f]! += sign * length
      if (length > 0) sum.withField[f]! += sign
    })
  }

  if (initial) {
    ids = [...initial.ids]
    copyColumns(initial.columns, columns)
    ids.forEach((id, doc) => {
      numbers.set(id, doc)
      count(doc, 1)
    })
  }

  return {
    get columns() {
      return columns
    },
    names,
    append(document, lengths) {
      const doc = ids.push(document.id) - 1
      if (doc >= columns.openness.length) columns = copyColumns(columns, allocate(doc * 2))
      numbers.set(document.id, doc)
      columns.openness[doc] = openness(document.audience)
      for (const column of NAME_COLUMNS) columns[column][doc] = names[column].codeOf(document[column] ?? '')
      columns.lengths.set(lengths, doc * FIELDS.length)
      count(doc, 1)
    },
    remove(doc) {
      count(doc, -1)
      numbers.delete(ids[doc]!)
      columns.openness[doc] = REMOVED
    },
    numberOf: (id) => numbers.get(id),
    idOf: (doc) => ids[doc]!,
    aboutOf(doc) {
      const nameIn = (column: NameColumn) => names[column].all()[columns[column][doc]!] || undefined
      return {
        kind: nameIn('kind') as DocumentKind,
        language: nameIn('language') ?? '',
        category: nameIn('category'),
        source: nameIn('source'),
      }
    },
    sizeFor(readerOpenness) {
      const visible = sums.slice(readerOpenness)
      const meanLength = (f: number) => {
        const documents = visible.reduce((total, sum) => total + sum.withField[f]!, 0)
        return documents === 0 ? 0 : visible.reduce((total, sum) => total + sum.lengths[f]!, 0) / documents
      }
      const means = FIELDS.map((field, f): [Field, number] => [field, meanLength(f)])
      return {
        documents: visible.reduce((total, sum) => total + sum.documents, 0),
        meanLengths: Object.fromEntries(means) as Record<Field, number>,
      }
    },
    renumber(renumbered, removed) {
      const kept: string[] = []
      renumbered.forEach((to, from) => {
        if (to === removed) return
        kept.push(ids[from]!)
        numbers.set(ids[from]!, to)
        // `to` ≤ `from`, so a row is never written before it is read.
        columns.openness[to] = columns.openness[from]!
        for (const column of NAME_COLUMNS) columns[column][to] = columns[column][from]!
        const start = from * FIELDS.length
        columns.lengths.copyWithin(to * FIELDS.length, start, start + FIELDS.length)
      })
      ids = kept
    },
    state() {
      const size = ids.length
      return {
        ids,
        names: {
          kind: names.kind.all(),
          language: names.language.all(),
          category: names.category.all(),
          source: names.source.all(),
        },
        columns: {
          openness: columns.openness.subarray(0, size),
          kind: columns.kind.subarray(0, size),
          language: columns.language.subarray(0, size),
          category: columns.category.subarray(0, size),
          source: columns.source.subarray(0, size),
          lengths: columns.lengths.subarray(0, size * FIELDS.length),
        },
      }
    },
  }
}

function allocate(documents: number): Columns {
  return {
    openness: new Int8Array(documents),
    kind: new Uint32Array(documents),
    language: new Uint32Array(documents),
    category: new Uint32Array(documents),
    source: new Uint32Array(documents),
    lengths: new Uint16Array(documents * FIELDS.length),
  }
}

function copyColumns(from: Columns, to: Columns): Columns {
  to.openness.set(from.openness)
  for (const column of NAME_COLUMNS) to[column].set(from[column])
  to.lengths.set(from.lengths)
  return to
}

/** Names as small numbers, so that a column of them is a typed array and a filter an array look-up. */
export interface Names {
  /** The name's number, a new one when it was never seen. */
  codeOf(name: string): number
  find(name: string): number | undefined
  all(): readonly string[]
}

export function createNames(initial: readonly string[] = []): Names {
  const names = [...initial]
  const codes = new Map(names.map((name, code) => [name, code]))
  return {
    codeOf(name) {
      const known = codes.get(name)
      if (known !== undefined) return known
      codes.set(name, names.length)
      return names.push(name) - 1
    },
    find: (name) => codes.get(name),
    all: () => names,
  }
}
