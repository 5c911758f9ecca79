import { currentLanguage } from '../messages/messages.ts'

/** A refusal as the server gave it (RFC 9457), or `OFFLINE` where it did not answer. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined
  /** What is wrong where, of a refused form. */
  readonly errors: readonly FieldError[]
  /** The whole answer: some refusals carry what the screen goes on with. */
  readonly body: Readonly<Record<string, unknown>>

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(String(body.detail ?? body.code ?? status))
    this.status = status
    this.code = String(body.code ?? 'INTERNAL')
    this.requestId = typeof body.requestId === 'string' ? body.requestId : undefined
    this.errors = Array.isArray(body.errors) ? body.errors : []
    this.body = body
  }

  /** Whether the same may be taken later: the server is away or busy, or the session ended. */
  get isPassing(): boolean {
    const { status } = this
    return status === 0 || status === 401 || status === 408 || status === 429 || status >= 500
  }
}

export interface FieldError {
  readonly path?: string
  readonly message?: string
}

export type QueryValue = string | number | boolean | undefined | readonly string[]

export interface CallOptions {
  readonly query?: Readonly<Record<string, QueryValue>>
  readonly body?: unknown
  /** The version that a change was made from. */
  readonly ifMatch?: string
  /** Makes a POST that is sent again count once. */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
  /** Sent to its end even if the page is left: for a few kilobytes. */
  readonly outlivesPage?: boolean
}

/** An answer, and the version that a later change is made from. */
export interface Answer<T> {
  readonly data: T
  readonly etag?: string
}

/** The server did not answer. */
export const OFFLINE = 'OFFLINE'
/** Something answered that is not the API, such as a proxy's own page. */
export const NOT_THE_API = 'NOT_THE_API'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Asks the API. @param path below `/api`. @throws Problem */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<Answer<T>> {
  const { query = {}, body, ifMatch, idempotencyKey, signal, outlivesPage = false } = options
  const headers: Record<string, string> = { 'accept-language': currentLanguage() }
  const isForm = body instanceof FormData
  if (body !== undefined && !isForm) headers['content-type'] = 'application/json'
  if (ifMatch !== undefined) headers['if-match'] = ifMatch
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
  const response = await arriving(
    fetch(`/api${path}${queryString(query)}`, {
      method,
      headers,
      body: isForm ? body : body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
      keepalive: outlivesPage,
    }),
  )
  const text = await arriving(response.text())
  if (response.status === 401 && !path.startsWith('/sign-in')) signedOut()
  if (!response.ok) throw problemOf(response.status, text)
  return {
    data: parsed<T>(response.status, text),
    etag: response.headers.get('etag') ?? undefined,
  }
}

let signedOut = () => {}

/** Calls back when an answer shows that nobody is signed in any more. */
export function onSignedOut(callback: () => void): void {
  signedOut = callback
}

/** What the network brings, or a problem where it breaks off. */
async function arriving<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(0, { code: OFFLINE })
  }
}

function parsed<T>(status: number, text: string): T {
  try {
    return (text === '' ? undefined : JSON.parse(text)) as T
  } catch {
    throw new Problem(status, { code: NOT_THE_API })
  }
}

function problemOf(status: number, text: string): Problem {
  try {
    return new Problem(status, JSON.parse(text))
  } catch {
    return new Problem(status, { detail: text.slice(0, 500) })
  }
}

/** `?a=1&b=2`, or nothing; values that are undefined or empty are left out. */
export function queryString(query: Readonly<Record<string, QueryValue>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue
    for (const each of Array.isArray(value) ? value : [value]) search.append(name, String(each))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}
