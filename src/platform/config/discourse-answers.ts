/** By which account answers to the threads of a source are posted in its Discourse community. */
export interface DiscourseAccess {
  /** Name of the source. */
  readonly source: string
  /** Address of the community, without a slash at its end. */
  readonly url: string
  readonly user: string
  readonly key: string
}

export const DISCOURSE_ANSWERS_EXPECTED =
  'a JSON list such as [{"source":"forum","url":"https://community.example.com","user":"helpdesk","key":"…"}], one entry a source, with https, or http to a host of ENTRAIDE_PRIVATE_HOSTS'

const FIELDS = ['source', 'url', 'user', 'key'] as const

/** @returns undefined where the text is no such list */
export function parseDiscourseAnswers(text: string): DiscourseAccess[] | undefined {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!Array.isArray(list)) return undefined
  const read = list.flatMap((each) => readAccess(each) ?? [])
  const sources = new Set(read.map(({ source }) => source))
  return read.length === list.length && sources.size === list.length ? read : undefined
}

/** Whether a key may be sent there: nobody on the way must be able to read it. */
export function isSafeFor({ url }: DiscourseAccess, privateHosts: readonly string[]): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || privateHosts.includes(hostname.replace(/^\[|\]$/g, ''))
}

function readAccess(value: unknown): DiscourseAccess | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const given: Readonly<Record<string, unknown>> = { ...value }
  if (Object.keys(given).some((name) => !FIELDS.some((field) => field === name))) return undefined
  const [source, address, user, key] = FIELDS.map((field) => given[field])
  // A name or a key goes into a header.
  const isHeader = (text: unknown): text is string =>
    typeof text === 'string' && /^[\x21-\x7e]{1,500}$/.test(text)
  if (typeof source !== 'string' || source === '' || !isHeader(user) || !isHeader(key)) return undefined
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined
  const url = new URL(address)
  const isBare = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  if (!/^https?:$/.test(url.protocol) || !isBare) return undefined
  return { source, url: url.origin + url.pathname.replace(/\/+$/, ''), user, key }
}
