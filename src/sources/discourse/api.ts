import { setTimeout as wait } from 'node:timers/promises'
import { createOutbound, type Outbound } from '../../platform/outbound.ts'
import { sourceErrors } from '../errors.ts'
import { createPoliteClient, type Pace } from '../polite-client.ts'
import { isObject, JsonFields } from '../reading/json-fields.ts'
import { toIsoTime } from '../reading/values.ts'
import type { FormatOptions, ReadContext, ReadProgress, SourceItem } from '../record.ts'
import { crawlDiscourse } from './crawl.ts'
import { createDiscourseServer } from './server.ts'

/** By how much the server's clock may be ahead of ours. */
const DAY_MS = 86_400_000

interface DiscourseApiDeps {
  readonly outbound: Pick<Outbound, 'fetch'>
  readonly pace: Pace
}

const realPace: Pace = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, signal && { signal }),
  random: () => Math.random(),
}

/** Where a community's cursor is kept: it belongs to the address, however that is written. */
export function discourseCursorName(address: string): string {
  return `discourse ${baseUrlOf(address)}`
}

/**
 * {@link readDiscourseApi} over the network. Options: `key` and `user` (an API key and whose eyes it has), `since`,
 * `private-hosts` (hosts, with commas between them, that may be on a private network).
 */
export async function* readDiscourseSite(
  address: string,
  progress: ReadProgress,
  options: FormatOptions,
  context: ReadContext,
): AsyncGenerator<readonly SourceItem[]> {
  const privateHosts = (options['private-hosts'] ?? '').split(',').filter((host) => host !== '')
  const outbound = createOutbound({ privateHosts })
  try {
    const deps = { outbound, pace: realPace }
    yield* readDiscourseApi(deps, address, progress, { ...options, privateHosts }, context)
  } finally {
    await outbound.close()
  }
}

interface ApiOptions {
  readonly key?: string
  readonly user?: string
  readonly since?: string
  readonly privateHosts?: readonly string[]
}

/**
 * Reads a community from its server: its topics by activity, each with all its posts, with a checkpoint a page of the
 * list. `bytesTotal` stays 0: nobody knows how much there is.
 *
 * @throws CodedError COMMUNITY_URL_INVALID, FORMAT_OPTION_INVALID before anything is asked; API_REFUSED, API_BUSY,
 *   API_UNAVAILABLE, API_ANSWER_INVALID and those of Outbound; none holds the key
 */
export async function* readDiscourseApi(
  { outbound, pace }: DiscourseApiDeps,
  address: string,
  progress: ReadProgress,
  options: ApiOptions,
  { cursor, signal }: ReadContext,
): AsyncGenerator<readonly SourceItem[]> {
  const baseUrl = baseUrlOf(address)
  const headers = headersOf(options, new URL(baseUrl))
  const since = sinceOf(options.since)
  const client = createPoliteClient({ outbound, headers, pace, progress, ...(signal && { signal }) })
  const server = createDiscourseServer(baseUrl, client, pace)
  const name = discourseCursorName(address)
  const latest = new Date(pace.now() + DAY_MS).toISOString()
  for await (const step of crawlDiscourse(server, parseCursor(cursor), since, latest)) {
    if (Array.isArray(step)) {
      if (step.length > 0) yield step
    } else yield [{ outcome: 'checkpoint', name, cursor: JSON.stringify(step), place: { file: baseUrl } }]
  }
}

/** @throws COMMUNITY_URL_INVALID */
function baseUrlOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw sourceErrors.COMMUNITY_URL_INVALID({ reason: 'it is not an http or https URL' })
  if (url.username !== '' || url.password !== '')
    throw sourceErrors.COMMUNITY_URL_INVALID({ reason: 'it contains a password; pass the key separately' })
  if (url.search !== '' || url.hash !== '')
    throw sourceErrors.COMMUNITY_URL_INVALID({ reason: 'it continues after the path of the community' })
  return url.origin + url.pathname.replace(/\/+$/, '')
}

function headersOf({ key, user, privateHosts = [] }: ApiOptions, url: URL): Record<string, string> {
  const headers = { accept: 'application/json', 'user-agent': 'Entraide' }
  if (key === undefined) return headers
  // What no header can hold would be shown by the error of whoever sets it.
  if (!/^[\x21-\x7e]+$/.test(key))
    throw sourceErrors.FORMAT_OPTION_INVALID({ option: 'key', expected: 'an API key on one line' })
  if (user !== undefined && !/^[\x21-\x7e]+$/.test(user))
    throw sourceErrors.FORMAT_OPTION_INVALID({ option: 'user', expected: 'a Discourse user name' })
  if (url.protocol === 'http:' && !privateHosts.includes(url.hostname.replace(/^\[|\]$/g, '')))
    throw sourceErrors.COMMUNITY_URL_INVALID({ reason: 'an API key is sent over https only' })
  return { ...headers, 'api-key': key, 'api-username': user ?? 'system' }
}

function sinceOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const time = toIsoTime(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text)
  if (time === undefined)
    throw sourceErrors.FORMAT_OPTION_INVALID({
      option: 'since',
      expected: 'a date such as 2026-01-31, or a time',
    })
  return new Date(time).toISOString()
}

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
  return { completed, ...(crawl && { crawl }) }
}

function parseCrawl(fields: JsonFields): DiscourseCrawl | undefined {
  const started = fields.time('started')
  const since = fields.optionalTime('since')
  const done = fields.optionalTime('done')
  const page = fields.optionalNumber('page', 0) ?? 0
  if (fields.problem) return undefined
  return { started, since, done, page }
}

function time(value: unknown): string | undefined {
  return typeof value === 'string' ? toIsoTime(value) : undefined
}
