import { signal } from '@preact/signals'
import { call } from '../../../api/client.ts'
import { changeRows } from '../../../api/endless.ts'
import { newKey } from '../../../api/new-key.ts'
import { refresh } from '../../../api/resource.ts'
import type { Post } from '../../../api/types.ts'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { attempt, keepChange } from '../../threads/changes.ts'
import { type Review, titleOf } from './review.ts'

/** What to do about articles that are due, as the API takes it. */
export type Choice =
  | { readonly decision: 'right' | 'archive' }
  | { readonly decision: 'put-off'; readonly until: string; readonly reason: string }

/** How many of the last decisions were refused. */
export const refusedCount = signal(0)

const AT_ONCE = 100

/** Decides on reviews: they leave the list at once, and come back where the server refuses. */
export async function decide(targets: readonly Review[], choice: Choice): Promise<void> {
  refusedCount.value = 0
  const ids = targets.map(({ id }) => id)
  show(new Set(ids), 'done')
  const made: string[] = []
  const back = new Set(ids)
  await attempt(async () => {
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const { data } = await call<Post<'/api/articles/reviews/decisions'>>(
        'POST',
        '/articles/reviews/decisions',
        { body: { ...choice, articleIds: ids.slice(from, from + AT_ONCE) }, idempotencyKey: newKey() },
      )
      for (const { articleId, decisionId } of data.items) {
        if (decisionId === undefined) refusedCount.value += 1
        else {
          made.push(decisionId)
          back.delete(articleId)
        }
      }
    }
  })
  show(back, 'assigned')
  if (made.length > 0) keepChange(sentence(choice, targets, made.length), () => undo(made))
  refresh('/articles')
}

async function undo(decisionIds: readonly string[]): Promise<void> {
  refusedCount.value = 0
  for (let from = 0; from < decisionIds.length; from += AT_ONCE) {
    const { data } = await call<Post<'/api/articles/reviews/decisions/undo'>>(
      'POST',
      '/articles/reviews/decisions/undo',
      { body: { decisionIds: decisionIds.slice(from, from + AT_ONCE) } },
    )
    refusedCount.value += data.items.filter(({ code }) => code !== undefined).length
  }
  refresh('/articles')
}

function show(ids: ReadonlySet<string>, state: Review['state']): void {
  changeRows<Review>('/articles/reviews', (row) => (ids.has(row.id) ? { ...row, state } : row))
}

function sentence({ decision }: Choice, targets: readonly Review[], count: number): string {
  const [only] = targets
  return only !== undefined && targets.length === 1
    ? t(`reviews.did-${decision}-one`, { title: titleOf(only) })
    : t(`reviews.did-${decision}`, { n: count, count: number(count) })
}
