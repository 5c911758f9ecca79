import { performance } from 'node:perf_hooks'
import { CodedError } from '../../platform/errors.ts'
import { type Outbound, outboundErrors } from '../../platform/outbound.ts'

/** Time for a whole attempt; Standard Webhooks recommends 15 to 30 s. */
export const TIMEOUT_MS = 15_000
/** Bytes read of an answer: enough to see what is wrong. */
const MOST_BYTES = 1_024

/** A receiver's answer. */
interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  /** The beginning of its body, as text. */
  readonly start: string
}

interface Post {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** An attempt, with the time it took in milliseconds, and its answer or failure. */
export type PostResult = { readonly latencyMs: number } & (
  | { readonly answer: Answer }
  | { readonly failure: CodedError }
)

/** Sends a message once. A failure is returned, not thrown. */
export async function postMessage(
  outbound: Outbound,
  { url, headers, body, timeoutMs = TIMEOUT_MS, signal }: Post,
): Promise<PostResult> {
  const began = performance.now()
  const timeout = AbortSignal.timeout(timeoutMs)
  const aborted = signal === undefined ? timeout : AbortSignal.any([timeout, signal])
  const latencyMs = () => Math.round(performance.now() - began)
  try {
    const response = await outbound.fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Entraide-Webhooks' },
      body,
      signal: aborted,
    })
    const latency = latencyMs()
    const start = await readStart(response.body)
    return {
      latencyMs: latency,
      answer: { status: response.status, retryAfter: response.headers.get('retry-after'), start },
    }
  } catch (fault) {
    const { host } = new URL(url)
    const failure = timeout.aborted
      ? outboundErrors.OUTBOUND_FAILED({ host, reason: `no response within ${timeoutMs / 1000} s` })
      : fault instanceof CodedError
        ? fault
        : outboundErrors.OUTBOUND_FAILED({ host, reason: String(fault) }, { cause: fault })
    return { latencyMs: latencyMs(), failure }
  }
}

/** Reads up to MOST_BYTES of a body, also of one that breaks off. */
async function readStart(body: ReadableStream<Uint8Array> | null): Promise<string> {
  if (body === null) return ''
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    while (length < MOST_BYTES) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value)
      length += value.length
    }
    await reader.cancel()
  } catch {
    // The status decides; the body is only for people to read, as far as it came.
  }
  return printable(Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8'))
}

/** Text on one line, without characters that PostgreSQL cannot store or that control a terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()
}

/** Advice by Node's code of a connection error. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name is unknown; check its spelling',
  EAI_AGAIN: 'the name server does not respond',
  ECONNREFUSED: 'nothing is listening on that port',
  ECONNRESET: 'the connection was closed before a response came',
  UND_ERR_SOCKET: 'the connection was closed before a response came',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out; check for a firewall in between',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is self-signed; add its certificate authority to NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate comes from an unknown authority; add that to NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'it does not send the intermediate certificates',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  EPROTO: 'it does not use TLS on that port',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not use TLS on that port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not use TLS on that port',
}

/** What a status usually means. */
const MEANING: Readonly<Record<number, string>> = {
  400: 'it rejects the request; check that the body is not parsed before its signature is verified',
  401: 'it rejects the signature; check that it has the secret of this endpoint',
  403: 'it refuses the request; check that it has the secret of this endpoint',
  404: 'there is nothing at this URL',
  405: 'it does not accept POST at this URL',
  410: 'it no longer wants webhooks',
  413: 'it does not accept a body of this size',
  429: 'it receives too many requests',
}

/** What went wrong with an attempt, in a sentence for people; undefined when nothing did. */
export function explainFailure(posted: PostResult): string | undefined {
  if ('failure' in posted) {
    const { message, details } = posted.failure
    const advice = ADVICE[String(details.reason)]
    return advice === undefined ? message : `${message}: ${advice}`
  }
  const { status, start } = posted.answer
  if (status >= 200 && status < 300) return undefined
  const meaning = MEANING[status]
  const quoted = start === '' ? '' : `; response: ${start.slice(0, 300)}`
  return `The server responded ${status}${meaning === undefined ? '' : ` (${meaning})`}${quoted}`
}
