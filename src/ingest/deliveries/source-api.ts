import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Outbound } from '../../platform/outbound.ts'
import { sourceErrors } from '../../sources/errors.ts'
import type { SourceAnswer, SourceApi, WebhookKind } from '../../sources/webhook.ts'
import type { ApiAccess } from './api-access.ts'

/**
 * A source's API for the deliveries that are applied together: what several of them ask is asked once.
 *
 * @param signal ends what is under way
 */
export function createSourceApi(
  { outbound, clock }: { readonly outbound: Outbound; readonly clock: Clock },
  kind: WebhookKind,
  access: ApiAccess,
  signal: AbortSignal,
): SourceApi {
  const answers = new Map<string, Promise<SourceAnswer>>()
  const { host } = new URL(access.address)
  const headers = {
    accept: 'application/json',
    ...(access.credentials && kind.apiHeaders?.(access.credentials)),
  }

  async function ask(path: string): Promise<SourceAnswer> {
    const asOf = isoNow(clock)
    const response = await outbound.fetch(`${access.address}${path}`, { headers, signal })
    const { status } = response
    if (response.ok) return { asOf, json: await jsonOf(response) }
    await response.body?.cancel()
    if (status === 404 || status === 410) return { asOf, json: undefined }
    if (status === 401 || status === 403) throw sourceErrors.SOURCE_API_REFUSED({ host, status })
    throw sourceErrors.SOURCE_API_FAILED({ host, reason: `HTTP status ${status}` })
  }

  async function jsonOf(response: { json(): Promise<unknown> }): Promise<unknown> {
    try {
      return (await response.json()) ?? null
    } catch (cause) {
      throw sourceErrors.SOURCE_API_FAILED({ host, reason: 'the response is not JSON' }, { cause })
    }
  }

  return {
    get(path) {
      const answer = answers.get(path) ?? ask(path)
      answers.set(path, answer)
      return answer
    },
  }
}
