import { type LookupAddress, lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Agent, RequestInit, Response } from 'undici'
import { CodedError, defineErrors } from './errors.ts'

/** The only way to other servers: everything that calls another server goes through this. */
export interface Outbound {
  /**
   * As the standard `fetch`, but a redirect is an error (a key that was meant for one server is not carried to
   * another), an answer is cut at {@link OutboundOptions.mostBytes}, and private addresses are not reached.
   *
   * @throws CodedError OUTBOUND_URL_INVALID, OUTBOUND_ADDRESS_REFUSED, OUTBOUND_REDIRECTED, OUTBOUND_FAILED
   */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>
  close(): Promise<void>
}

interface OutboundOptions {
  /** Host names and addresses, as they stand in a URL, that may be on a private network. */
  readonly privateHosts: readonly string[]
  /** To connect, to wait for an answer to begin, and between its parts. */
  readonly timeoutMs?: number
  readonly mostBytes?: number
}

export const outboundErrors = defineErrors({
  OUTBOUND_URL_INVALID: [422, '"{url}" is not a valid http or https URL: {reason}'],
  OUTBOUND_ADDRESS_REFUSED: [
    422,
    '{host} is on a private network ({address}). To allow it, add the host to ENTRAIDE_PRIVATE_HOSTS.',
  ],
  OUTBOUND_REDIRECTED: [422, '{url} redirects to {location}. Use that URL instead.'],
  OUTBOUND_FAILED: [502, 'Cannot reach {host}: {reason}'],
})

const TIMEOUT_MS = 20_000
const MOST_BYTES = 64 * 1024 * 1024

/**
 * Requests to servers that people name. The address is checked where the connection is made, after the name was
 * resolved, so that a name which changes its address between a check and its use is no way in.
 */
export function createOutbound(options: OutboundOptions): Outbound {
  const { privateHosts, timeoutMs = TIMEOUT_MS, mostBytes = MOST_BYTES } = options
  const allowed = new Set(privateHosts.map((host) => host.toLowerCase()))
  let opened: Promise<Client> | undefined

  return {
    async fetch(given, init = {}) {
      const url = requireWebUrl(given)
      let response: Response
      try {
        opened ??= openClient(allowed, timeoutMs, mostBytes)
        const { fetch, agent } = await opened
        response = await fetch(url, { ...init, redirect: 'manual', dispatcher: agent })
      } catch (fault) {
        throw init.signal?.aborted ? fault : failure(url, fault)
      }
      if (response.status < 300 || response.status >= 400 || response.status === 304) return response
      await response.body?.cancel()
      const location = response.headers.get('location') ?? 'nowhere'
      throw outboundErrors.OUTBOUND_REDIRECTED({ url: withoutQuery(url), location })
    },
    async close() {
      await (await opened)?.agent.destroy()
    },
  }
}

interface Client {
  readonly fetch: typeof import('undici').fetch
  readonly agent: Agent
}

/** Loaded at the first request: most threads make none, and the library takes twenty megabytes. */
async function openClient(
  allowed: ReadonlySet<string>,
  timeoutMs: number,
  mostBytes: number,
): Promise<Client> {
  const { Agent, buildConnector, fetch } = await import('undici')
  const connect = buildConnector({ timeout: timeoutMs, lookup: guardedLookup(allowed) })
  const agent = new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: mostBytes,
    // A literal address is connected to without being looked up.
    connect(target, callback) {
      const host = target.hostname.replace(/^\[|\]$/g, '')
      if (isIP(host) !== 0 && !allowed.has(host) && !isPublic(host)) callback(refused(host, host), null)
      else connect(target, callback)
    },
  })
  return { fetch, agent }
}

/**
 * @returns whether an address is one of the public internet: not loopback, private, link-local, shared, reserved or
 *   multicast, nor one of these in IPv6 clothes
 */
export function isPublic(address: string): boolean {
  const parsed = ipaddr.process(address)
  return parsed.range() === 'unicast'
}

function guardedLookup(allowed: ReadonlySet<string>): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (fault, found: LookupAddress[] = []) => {
      const hidden = allowed.has(hostname.toLowerCase())
        ? undefined
        : found.find(({ address }) => !isPublic(address))
      const error = fault ?? (hidden && refused(hostname, hidden.address))
      if (error) callback(error, '')
      else if (options.all) callback(null, found)
      else callback(null, found[0]!.address, found[0]!.family)
    })
  }
}

function refused(host: string, address: string): CodedError {
  return outboundErrors.OUTBOUND_ADDRESS_REFUSED({ host, address })
}

/** @throws CodedError OUTBOUND_URL_INVALID */
function requireWebUrl(given: string | URL): URL {
  const shown = String(given).slice(0, 200)
  let url: URL
  try {
    url = new URL(given)
  } catch {
    throw outboundErrors.OUTBOUND_URL_INVALID({ url: shown, reason: 'it cannot be parsed' })
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw outboundErrors.OUTBOUND_URL_INVALID({ url: shown, reason: `${url.protocol} is not supported` })
  if (url.username !== '' || url.password !== '')
    throw outboundErrors.OUTBOUND_URL_INVALID({ url: url.host, reason: 'it contains a password' })
  return url
}

function failure(url: URL, fault: unknown): CodedError {
  for (let cause = fault; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof CodedError) return cause
  }
  const { cause } = fault as Error
  const { code, message = 'unknown' } = (cause ?? fault) as NodeJS.ErrnoException
  return outboundErrors.OUTBOUND_FAILED({ host: url.host, reason: code ?? message }, { cause: fault })
}

/** A query may hold a key. */
function withoutQuery({ origin, pathname }: URL): string {
  return origin + pathname
}
