import { isoNow } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import type { WebhookDeps } from '../deps.ts'
import type { Secret } from '../endpoints/endpoint.ts'
import { signatureHeaders } from '../endpoints/secrets.ts'
import { envelope } from './delivery.ts'
import { explainFailure, postMessage } from './post-message.ts'

/** The outcome of a `webhook.test`. */
export interface TestReport {
  readonly delivered: boolean
  readonly webhookId: string
  readonly latencyMs: number
  /** HTTP status; absent without an answer. */
  readonly status?: number
  /** The beginning of the answer's body. */
  readonly response?: string
  /** What went wrong, and what may help. */
  readonly problem?: string
  /** Code of a failure to reach it. */
  readonly code?: string
}

/** Sends a signed `webhook.test` once. Nothing is stored or retried. */
export async function testEndpoint(
  { clock, outbound }: Pick<WebhookDeps, 'clock' | 'outbound'>,
  { url, secrets }: { readonly url: string; readonly secrets: readonly Secret[] },
): Promise<TestReport> {
  const id = newId('msg', clock.now())
  const text = 'Entraide can reach this endpoint. / Entraide peut joindre ce point de terminaison.'
  const body = envelope('webhook.test', isoNow(clock), { message: text })
  const posted = await postMessage(outbound, {
    url,
    body,
    headers: signatureHeaders({ id, body }, secrets, clock.now()),
  })
  const problem = explainFailure(posted)
  const { latencyMs } = posted
  return {
    delivered: problem === undefined,
    webhookId: id,
    latencyMs,
    ...('answer' in posted
      ? { status: posted.answer.status, response: posted.answer.start }
      : { code: posted.failure.code }),
    problem,
  }
}
