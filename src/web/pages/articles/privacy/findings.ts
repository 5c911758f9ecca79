import { call } from '../../../api/client.ts'
import { refresh, useResource } from '../../../api/resource.ts'
import type { Get } from '../../../api/types.ts'
import { t } from '../../../messages/messages.ts'
import type { Content } from '../article.ts'

type PersonalData = Get<'/api/articles/{id}/personal-data'>
export type Finding = PersonalData['findings'][number]
export type Decision =
  | { readonly finding: string; readonly action: 'redact' }
  | { readonly finding: string; readonly action: 'waive'; readonly reason: string }

/** The personal data in an article or its draft. */
export function useFindings(articleId: string, { draft }: { readonly draft: boolean }) {
  return useResource<PersonalData>(`/articles/${articleId}/personal-data`, {
    query: { draft: draft || undefined },
    staleMs: 0,
  })
}

/** Sends decisions on what was read with this ETag. @throws Problem where they are refused */
export async function decide(
  articleId: string,
  {
    draft,
    etag,
    decisions,
  }: {
    readonly draft: boolean
    readonly etag: string | undefined
    readonly decisions: readonly Decision[]
  },
): Promise<void> {
  try {
    await call('POST', `/articles/${articleId}/personal-data/decisions`, {
      body: { draft, decisions },
      ifMatch: etag,
    })
  } finally {
    // After a refusal, the next attempt begins from what is there now.
    refresh('/articles')
  }
}

export function kindName(kind: Finding['kind']): string {
  return t(`articles.kind-${kind}`)
}

const ESCAPES = /\\(?=[!-/:-@[-`{-~])/g

/** The data itself, as readers would see it. */
export function textOf({ places }: Finding, content: Content): string {
  const [place] = places
  return place === undefined ? '' : content[place.where].slice(place.start, place.end).replace(ESCAPES, '')
}
