import type { FastifyRequest } from 'fastify'
import type { CodedError } from '../platform/errors.ts'
import { errors } from './problems.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site makes a browser send in the name of who is signed in there: whatever may change something
 * and was let in by the cookie must say that it comes from a page of this service. Where a browser says that it does
 * not, it is refused without a cookie too: nobody is signed in by a page of somebody else.
 *
 * @param hasKey whether a key came with the request, which is no browser's to send along
 * @returns undefined where the request may go on
 */
export function crossSiteRefusal(
  request: FastifyRequest,
  { hasKey, publicUrl }: { readonly hasKey: boolean; readonly publicUrl?: string },
): CodedError | undefined {
  if (SAFE.has(request.method)) return undefined
  const isOwn = comesFromOwnPage(request, publicUrl)
  const isByCookie = request.sessionId !== undefined
  if (isByCookie ? isOwn === true : isOwn !== false || hasKey) return undefined
  return errors.CROSS_SITE_REQUEST()
}

/** @returns undefined where nothing tells: `Sec-Fetch-Site` is sent over HTTPS and on this machine only. */
function comesFromOwnPage({ headers }: FastifyRequest, publicUrl: string | undefined): boolean | undefined {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const { origin, host } = headers
  if (origin === undefined) return undefined
  return origin === publicUrl || (URL.canParse(origin) && new URL(origin).host === host)
}
