import type { Audience } from '../access/audience.ts'
import { plainText } from '../text/markdown/plain-text.ts'
import type { ThreadStore } from '../threads/thread-store.ts'

/** A thread that is an example of a figure. */
export interface Example {
  readonly threadId: string
  readonly title: string
  /** Beginning of the question as plain text. */
  readonly excerpt: string
  readonly language: string
  /** Path of the whole thread. */
  readonly path: string
}

/** Looks up examples among those that were read. */
export type Examples = (ids: readonly string[]) => Example[]

const EXCERPT = 200

/** Reads threads once for all figures that name them, without those that the reader may not see or were removed. */
export async function readExamples(
  { threads }: { readonly threads: Pick<ThreadStore, 'facts'> },
  ids: readonly string[],
  reader: Audience,
): Promise<Examples> {
  const found = new Map<string, Example>()
  for (const { id, title, question, language } of await threads.facts([...new Set(ids)], reader))
    found.set(id, {
      threadId: id,
      title,
      excerpt: excerptOf(question),
      language,
      path: `/api/threads/${id}`,
    })
  return (wanted) => wanted.flatMap((id) => found.get(id) ?? [])
}

function excerptOf(markdown: string): string {
  const text = plainText(markdown.slice(0, 20 * EXCERPT))
    .replaceAll(/\s+/g, ' ')
    .trim()
  if (text.length <= EXCERPT) return text
  return `${text.slice(0, EXCERPT).replace(/\s?\S*$/, '')} …`
}
