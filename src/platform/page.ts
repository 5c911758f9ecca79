import { type CodedError, defineErrors } from './errors.ts'

const errors = defineErrors({
  CURSOR_INVALID: [400, 'The cursor is not valid for this list. Start again without a cursor.'],
})

/** A stretch of a list; `next` fetches what follows and is absent at the end. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next?: string
}

/** Where a page ended: the sort key and the id of its last item. */
export interface Cursor {
  readonly key: string
  readonly id: string
  /** The order of the list, where it has several: a cursor is valid for the one that it was made in. */
  readonly order?: string
}

/** The text that `decodeCursor` takes back. */
export function encodeCursor({ key, id, order }: Cursor): string {
  const parts = order === undefined ? [key, id] : [key, id, order]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/**
 * @param wanted the order of the list, where it has several
 * @throws CodedError CURSOR_INVALID
 */
export function decodeCursor(text: string, wanted?: string): Cursor {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    const [key, id, order] = Array.isArray(value) ? value : []
    // Like any text of a request, it must not hold what PostgreSQL cannot store.
    const isText = typeof key === 'string' && typeof id === 'string' && !`${key}${id}`.includes('\0')
    if (isText && order === wanted) return { key, id, order: wanted }
  } catch {
    // Not ours: told below.
  }
  throw errors.CURSOR_INVALID()
}

/** The error of a cursor that is not of the list. */
export function invalidCursor(): CodedError {
  return errors.CURSOR_INVALID()
}

/** Where a list ordered by a whole number was left. @throws CodedError CURSOR_INVALID */
export function decodeNumberCursor(text: string): number {
  const { key } = decodeCursor(text)
  if (!/^\d{1,9}$/.test(key)) throw errors.CURSOR_INVALID()
  return Number(key)
}

/**
 * Makes a page of rows fetched with `limit + 1`.
 *
 * @param position the sort key and id of an item
 */
export function toPage<T>(rows: readonly T[], limit: number, position: (item: T) => Cursor): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last !== undefined ? { items, next: encodeCursor(position(last)) } : { items }
}
