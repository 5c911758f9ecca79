import { call } from '../api/client.ts'
import type { Post } from '../api/types.ts'
import type { Answer } from './answer.ts'

/** Sends an answer; sent again, it changes nothing. @returns the ids of what the server made of it. @throws Problem */
export async function sendAnswer({ key, facet, items, given, note }: Answer): Promise<string[]> {
  if (given.kind === 'label') {
    const { label } = given
    const body = { items: items.map(({ threadId, blind }) => ({ threadId, facet, label, blind, note })) }
    const { data } = await call<Post<'/api/annotations'>>('POST', '/annotations', {
      body,
      idempotencyKey: key,
    })
    return data.items.map(({ id }) => id)
  }
  const made: string[] = []
  for (const { threadId } of items) {
    const { data } = await call<Post<'/api/review/skips'>>('POST', '/review/skips', {
      body: { facet, threadId, why: given.kind, note },
      idempotencyKey: `${key} ${threadId}`,
    })
    made.push(data.id)
  }
  return made
}

/** Takes back what the server made of an answer; once more changes nothing. @throws Problem */
export async function takeBackAnswer({ given }: Answer, made: readonly string[]): Promise<void> {
  if (given.kind === 'label') await call('POST', '/annotations/revoke', { body: { ids: made } })
  else for (const id of made) await call('DELETE', `/review/skips/${encodeURIComponent(id)}`)
}
