import { call } from '../../../api/client.ts'
import { refresh, remember } from '../../../api/resource.ts'
import type { Get, ItemOf } from '../../../api/types.ts'
import { type Article, versionOf } from '../article.ts'

export type Passage = ItemOf<Get<'/api/articles/{id}/passages'>>
export type PassageCitation = Passage['citations'][number]

/** A passage or a post to which the pointer or the focus draws the eye. */
export interface Pointed {
  readonly passageId?: string
  readonly postId?: string
}

/** Whether a passage is pointed to, itself or by one of its posts. */
export function isPointedTo({ id, citations }: Passage, { passageId, postId }: Pointed): boolean {
  return id === passageId || citations.some((each) => each.postId === postId)
}

/** The first citation of each post, one with a flag before others. */
export function onePerPost<T extends { readonly postId: string; readonly flag?: string }>(
  citations: readonly T[],
): readonly T[] {
  const first = new Map<string, T>()
  for (const citation of citations) {
    const known = first.get(citation.postId)
    if (known === undefined || (known.flag === undefined && citation.flag !== undefined))
      first.set(citation.postId, citation)
  }
  return [...first.values()]
}

/** Takes the change of a post over into a passage, or keeps the passage. @throws Problem */
export async function answerFlag(
  article: Article,
  {
    passageId,
    how,
    body,
  }: { readonly passageId: string; readonly how: 'take' | 'keep'; readonly body: object },
): Promise<void> {
  const path = `/articles/${article.id}`
  const { data, etag } = await call<Article>('POST', `${path}/passages/${passageId}/${how}`, {
    body,
    ifMatch: versionOf(article),
  })
  remember(path, data, etag)
  refresh('/articles')
}
