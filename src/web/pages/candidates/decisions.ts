import { signal } from '@preact/signals'
import { call } from '../../api/client.ts'
import { changeRows } from '../../api/endless.ts'
import { newKey } from '../../api/new-key.ts'
import { refresh } from '../../api/resource.ts'
import type { Post } from '../../api/types.ts'
import { number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { attempt, keepChange } from '../threads/changes.ts'
import { type ListedCandidate, titleOf } from './candidate.ts'

/** What to do with candidates, as the API takes it. */
export type Choice = { readonly note?: string } & (
  | { readonly decision: 'decline'; readonly reason: string }
  | { readonly decision: 'link'; readonly articleId: string }
  | { readonly decision: 'merge'; readonly into: string }
  | { readonly decision: 'promote' }
)

/** Candidates or decisions that were left as they were, with the codes of their problems. */
export interface Refused {
  readonly title: string
  readonly code: string
}

/** What came of the last decision: the drafts that it made, and what was refused. */
export interface Outcome {
  readonly drafts: readonly string[]
  readonly refused: readonly Refused[]
}

export const outcome = signal<Outcome | undefined>(undefined)

const STATE_OF = { decline: 'declined', link: 'linked', merge: 'merged', promote: 'promoted' } as const
/** The most that the API takes at once. */
const AT_ONCE = 100

/** Decides on candidates: they leave the list at once, and come back where the server refuses. */
export async function decide(targets: readonly ListedCandidate[], choice: Choice): Promise<void> {
  outcome.value = undefined
  const titles = new Map(targets.map((target) => [target.id, titleOf(target)]))
  show(new Set(titles.keys()), STATE_OF[choice.decision])
  const made: string[] = []
  const drafts: string[] = []
  const refused: Refused[] = []
  const back = new Set(titles.keys())
  await attempt(async () => {
    for (let from = 0; from < targets.length; from += AT_ONCE) {
      const candidateIds = targets.slice(from, from + AT_ONCE).map(({ id }) => id)
      const { data } = await call<Post<'/api/candidates/decisions'>>('POST', '/candidates/decisions', {
        body: { ...choice, candidateIds },
        idempotencyKey: newKey(),
      })
      for (const { candidateId, decisionId, articleId, code } of data.items) {
        if (decisionId === undefined)
          refused.push({ title: titles.get(candidateId) ?? candidateId, code: code ?? '' })
        else {
          made.push(decisionId)
          back.delete(candidateId)
        }
        if (articleId !== undefined && choice.decision === 'promote') drafts.push(articleId)
      }
    }
  })
  show(back, 'open')
  if (drafts.length + refused.length > 0) outcome.value = { drafts, refused }
  if (made.length > 0) keepChange(sentence(choice, targets, made.length), () => undo(made))
  refresh('/candidates', '/articles')
}

async function undo(decisionIds: readonly string[]): Promise<void> {
  const refused: Refused[] = []
  for (let from = 0; from < decisionIds.length; from += AT_ONCE) {
    const { data } = await call<Post<'/api/candidates/decisions/undo'>>(
      'POST',
      '/candidates/decisions/undo',
      {
        body: { decisionIds: decisionIds.slice(from, from + AT_ONCE) },
      },
    )
    for (const { code } of data.items)
      if (code !== undefined) refused.push({ title: t('candidates.undo'), code })
  }
  outcome.value = refused.length === 0 ? undefined : { drafts: [], refused }
  refresh('/candidates', '/articles')
}

function show(ids: ReadonlySet<string>, state: ListedCandidate['state']): void {
  changeRows<ListedCandidate>('/candidates', (row) => (ids.has(row.id) ? { ...row, state } : row))
}

function sentence({ decision }: Choice, targets: readonly ListedCandidate[], count: number): string {
  const [only] = targets
  return only !== undefined && targets.length === 1
    ? t(`candidates.did-${decision}-one`, { title: titleOf(only) })
    : t(`candidates.did-${decision}`, { count, shown: number(count) })
}
