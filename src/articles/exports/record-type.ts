import type { Audience } from '../../access/audience.ts'
import type { Database } from '../../platform/database/database.ts'

/**
 * What a field holds. `id` is that of an article, `passage` that of a passage; `content` is an article's content and
 * `texts` a list of texts, kept as JSON; `actor` is absent from exports for an audience, and becomes whoever imports
 * unless it may be unknown; a list names the values that there are.
 */
export type FieldKind =
  | 'id'
  | 'passage'
  | 'text'
  | 'integer'
  | 'boolean'
  | 'time'
  | 'content'
  | 'texts'
  | 'actor'
  | readonly string[]

export interface Field {
  readonly column: string
  readonly kind: FieldKind
  readonly optional?: true
}

/** A table of articles as an export in JSON Lines holds it: a record a row. */
export interface RecordType {
  readonly type: string
  readonly table: string
  /** The column that names the article. */
  readonly articleColumn: 'id' | 'article_id'
  /** The columns that tell an article's records apart; they are ordered by these. */
  readonly key: readonly string[]
  /** By their names in the file, in which order they are written. */
  readonly fields: Readonly<Record<string, Field>>
  /** Columns that are computed from others when a row is written. */
  readonly computed?: readonly string[]
  /** The rows of these articles that an audience may see; without it, exports for an audience leave the table out. */
  readonly rowsFor?: (
    db: Database,
    reader: Audience,
    articleIds: readonly string[],
  ) => Promise<readonly Row[]>
}

/** A row of one of the tables. */
export type Row = Readonly<Record<string, unknown>>

export const articleId: Field = { column: 'article_id', kind: 'id' }
export const integer = (column: string): Field => ({ column, kind: 'integer' })
export const text = (column: string): Field => ({ column, kind: 'text' })
export const time = (column: string): Field => ({ column, kind: 'time' })
export const actor = {
  actorId: { column: 'actor_id', kind: 'actor' },
  actorName: { column: 'actor_name', kind: 'actor' },
} as const satisfies RecordType['fields']

/** A row as its line in the file, without the line end. */
export function lineOf({ type, fields }: RecordType, row: Row): string {
  const record: Record<string, unknown> = { type }
  for (const [name, { column, kind }] of Object.entries(fields)) {
    const value = row[column]
    if (value === null || value === undefined) continue
    if (kind === 'boolean') record[name] = Boolean(value)
    else record[name] = isJson(kind) ? JSON.parse(String(value)) : value
  }
  return JSON.stringify(record)
}

/** Whether the database keeps such values as JSON. */
export function isJson(kind: FieldKind): boolean {
  return kind === 'content' || kind === 'texts'
}

/** Orders rows as their lines are, the same on every database: texts by code units. */
export function inOrder({ key }: RecordType, rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => {
    for (const column of key) {
      const [one, other] = [a[column] as string | number, b[column] as string | number]
      if (one !== other) return one < other ? -1 : 1
    }
    return 0
  })
}
