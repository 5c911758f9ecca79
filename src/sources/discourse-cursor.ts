import { toIsoTime } from './iso-time.ts'
import { isObject, JsonFields } from './json-fields.ts'

/** A crawl by activity, newest first, that has not come to its end. */
export interface DiscourseCrawl {
  /** When it began: what is active later is read at its end. */
  readonly started: string
  /** Topics without activity since then are not read; all are where it is absent. */
  readonly since?: string
  /** Topics whose last activity is later than this (and not later than `started`) were read. */
  readonly done?: string
  /** The page of the list where that was. */
  readonly page: number
}

/** How far a community was read: what the next import by API goes by. */
export interface DiscourseCursor {
  /** Start of the last crawl that came to its end: activity before it is known. */
  readonly completed?: string
  /** The crawl that was cut. */
  readonly crawl?: DiscourseCrawl
}

/** @returns an empty cursor for what is none of ours: everything is read then */
export function parseCursor(text: string | undefined): DiscourseCursor {
  let value: unknown
  try {
    value = JSON.parse(text ?? '{}')
  } catch {
    return {}
  }
  if (!isObject(value)) return {}
  const completed = time(value.completed)
  const crawl = isObject(value.crawl) ? parseCrawl(new JsonFields(value.crawl)) : undefined
  return { ...(completed !== undefined && { completed }), ...(crawl && { crawl }) }
}

function parseCrawl(fields: JsonFields): DiscourseCrawl | undefined {
  const started = fields.time('started')
  const since = fields.optionalTime('since')
  const done = fields.optionalTime('done')
  const page = fields.optionalNumber('page', 0) ?? 0
  if (fields.problem) return undefined
  return { started, ...(since !== undefined && { since }), ...(done !== undefined && { done }), page }
}

function time(value: unknown): string | undefined {
  return typeof value === 'string' ? toIsoTime(value) : undefined
}
