import { CodedError } from '../../platform/errors.ts'
import type { Outbound } from '../../platform/outbound.ts'
import { translationErrors } from './errors.ts'
import type { TranslationProposer } from './translation-proposer.ts'

interface HttpProposerOptions {
  /** Of the company's service. */
  readonly url: string
  /** Sent as a bearer token. */
  readonly token?: string
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 15_000
const MOST_BYTES = 1_048_576

/**
 * Asks an HTTP service that the company runs: `POST {from, to, texts}`, answered by `{texts}`. An answer that is late, too
 * long or malformed is an error.
 */
export function createHttpProposer(
  outbound: Pick<Outbound, 'fetch'>,
  { url, token, timeoutMs = TIMEOUT_MS }: HttpProposerOptions,
): TranslationProposer {
  const failed = (reason: string, cause?: unknown) =>
    translationErrors.TRANSLATION_PROPOSALS_FAILED({ reason }, { cause })

  return {
    async propose(request) {
      const signal = AbortSignal.timeout(timeoutMs)
      let text: string
      try {
        const response = await outbound.fetch(url, {
          method: 'POST',
          headers: {
            accept: 'application/json',
            'content-type': 'application/json',
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify(request),
          signal,
        })
        if (!response.ok) {
          await response.body?.cancel()
          throw failed(`it answered with status ${response.status}`)
        }
        text = await readAtMost(response.body ?? [], () =>
          failed(`its answer is longer than ${MOST_BYTES} bytes`),
        )
      } catch (fault) {
        if (signal.aborted) throw failed(`it took longer than ${timeoutMs / 1000} s`, fault)
        if (fault instanceof CodedError && fault.code === 'TRANSLATION_PROPOSALS_FAILED') throw fault
        throw failed(fault instanceof CodedError ? fault.message : 'its answer broke off', fault)
      }
      const texts = textsIn(text)
      if (texts === undefined) throw failed('its answer is not {"texts": […]}')
      if (texts.length !== request.texts.length)
        throw failed(`it was asked for ${request.texts.length} texts and answered ${texts.length}`)
      return texts
    },
  }
}

async function readAtMost(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  tooLong: () => Error,
): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > MOST_BYTES) throw tooLong()
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function textsIn(answer: string): string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(answer)
    const texts =
      typeof parsed === 'object' && parsed !== null && 'texts' in parsed ? parsed.texts : undefined
    return Array.isArray(texts) && texts.every((each) => typeof each === 'string') ? texts : undefined
  } catch {
    return undefined
  }
}
