import { performance } from 'node:perf_hooks'
import { CodedError, type Outbound, outboundErrors } from '../platform/index.ts'

/** For a whole attempt; Standard Webhooks recommends 15 to 30 s. */
export const TIMEOUT_MS = 15_000
/** Of an answer, as much as helps to see what is wrong. */
const MOST_BYTES = 1_024

/** What a receiver answered. */
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

/** An attempt with the time it took, in milliseconds; without an answer, with what went wrong. */
export type Posted = { readonly latencyMs: number } & (
  | { readonly answer: Answer }
  | { readonly failure: CodedError }
)

/** Sends a message once. Whatever goes wrong on the way is part of what it returns. */
export async function postMessage(
  outbound: Outbound,
  { url, headers, body, timeoutMs = TIMEOUT_MS, signal }: Post,
): Promise<Posted> {
  const began = performance.now()
  const timeout = AbortSignal.timeout(timeoutMs)
  const either = signal === undefined ? timeout : AbortSignal.any([timeout, signal])
  const latencyMs = () => Math.round(performance.now() - began)
  try {
    const response = await outbound.fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Entraide-Webhooks' },
      body,
      signal: either,
    })
    const latency = latencyMs()
    const start = await beginning(response.body)
    return {
      latencyMs: latency,
      answer: { status: response.status, retryAfter: response.headers.get('retry-after'), start },
    }
  } catch (fault) {
    const { host } = new URL(url)
    const failure = timeout.aborted
      ? outboundErrors.OUTBOUND_FAILED({ host, reason: `no answer within ${timeoutMs / 1000} s` })
      : fault instanceof CodedError
        ? fault
        : outboundErrors.OUTBOUND_FAILED({ host, reason: String(fault) }, { cause: fault })
    return { latencyMs: latencyMs(), failure }
  }
}

/** Up to MOST_BYTES of a body; the rest is not read. A body that breaks off has begun all the same. */
async function beginning(body: ReadableStream<Uint8Array> | null): Promise<string> {
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
    // The status line is the answer; its body is for people to read, as far as it came.
  }
  return printable(Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8'))
}

/** On one line, and without what PostgreSQL cannot store or a terminal would obey. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()
}
