import { setTimeout as wait } from 'node:timers/promises'
import { createOutbound, type Outbound } from '../../platform/outbound.ts'
import { sourceErrors } from '../errors.ts'
import { isObject, JsonFields } from '../reading/json-fields.ts'
import { toIsoTime } from '../reading/values.ts'
import type { FormatOptions, ReadContext, ReadProgress, SourceItem } from '../record.ts'
import { createRetryingClient, type Pace } from '../retrying-client.ts'
import { crawlDiscourse } from './crawl.ts'
import { createDiscourseServer } from './server.ts'

/** How far the server's clock may be ahead of this machine's. */
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

/** Name of a community's cursor, which belongs to its normalised address. */
export function discourseCursorName(address: string): string {
  return `discourse ${baseUrlOf(address)}`
}

/**
 * {@link readDiscourseApi} over the network. Options: `key` and `user` (an API key and the user that it acts as), `since`,
 * `private-hosts` (hosts, separated by commas, that may be on a private network).
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
 * Reads a community from its server: its topics by activity, each with all its posts, and a checkpoint per page of the
 * list. `bytesTotal` stays 0, because the size is unknown.
 *
 * @throws CodedError COMMUNITY_URL_INVALID, FORMAT_OPTION_INVALID before any request; API_REFUSED, API_BUSY,
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
  const client = createRetryingClient({ outbound, headers, pace, progress, signal })
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
  // A key that is not a valid header value would be quoted by the error of the HTTP client.
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

/** An unfinished crawl by activity, newest first. */
export interface DiscourseCrawl {
  /** When it began; topics that became active later are read at its end. */
  readonly started: string
  /** Topics without activity since then are not read; absent if all are. */
  readonly since?: string
  /** Topics with their last activity after this time (and not after `started`) were read. */
  readonly done?: string
  /** The page of the list that `done` refers to. */
  readonly page: number
}

/** How far a community was read; where the next import by API continues. */
export interface DiscourseCursor {
  /** Start of the last finished crawl; all earlier activity was read. */
  readonly completed?: string
  /** The interrupted crawl. */
  readonly crawl?: DiscourseCrawl
}

/** @returns an empty cursor if the text is not a cursor of this module; then everything is read */
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
  return { completed, crawl }
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
