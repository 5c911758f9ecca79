import { isIP } from 'node:net'
import { isPublic } from '../platform/index.ts'
import { webhookErrors } from './errors.ts'

/**
 * The address in its one normal form. What a name leads to is checked when it is called; what is plain from the
 * address is said at once. Without TLS anybody on the way could read along, so that is for named private hosts only.
 *
 * @throws CodedError WEBHOOK_URL_INVALID
 */
export function requireEndpointUrl(given: string, privateHosts: readonly string[]): string {
  const invalid = (reason: string) =>
    webhookErrors.WEBHOOK_URL_INVALID({ url: withoutPassword(given).slice(0, 200), reason })
  if (!URL.canParse(given)) throw invalid('it is no address')
  const url = new URL(given)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isNamed = privateHosts.some((name) => name.toLowerCase() === host)
  if (url.username !== '' || url.password !== '') throw invalid('it holds a password')
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw invalid(`${url.protocol} is no web address`)
  if (isIP(host) !== 0 && !isNamed && !isPublic(host))
    throw invalid('it is on a private network; name the host in ENTRAIDE_PRIVATE_HOSTS to allow it')
  if (url.protocol === 'http:' && !isNamed)
    throw invalid('it must be https, unless its host is named in ENTRAIDE_PRIVATE_HOSTS')
  url.hash = ''
  return url.href
}

/** An address for logs and the audit: a query often holds a token. */
export function shownUrl(url: string): string {
  const { origin, pathname, search } = new URL(url)
  return `${origin}${pathname}${search === '' ? '' : '?…'}`
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//…@')
}
