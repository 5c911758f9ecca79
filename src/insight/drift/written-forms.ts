import { visitLightTerms } from '../../text/light-terms.ts'
import type { DriftDeps } from './deps.ts'
import { readThreads } from './read-posts.ts'

/** How each term is mostly written in these threads (in lower case); the term itself where none has it. */
export async function writtenForms(
  deps: Pick<DriftDeps, 'threads'>,
  terms: ReadonlySet<string>,
  threadIds: readonly string[],
  breathe: () => Promise<void>,
): Promise<(term: string) => string> {
  const counts = new Map<string, Map<string, number>>()
  for await (const { thread, text } of readThreads(deps, threadIds, breathe))
    visitLightTerms(text, thread.language, (term, start, end) => {
      if (!terms.has(term)) return
      const form = text.slice(start, end).toLowerCase()
      const forms = counts.get(term) ?? new Map<string, number>()
      counts.set(term, forms.set(form, (forms.get(form) ?? 0) + 1))
    })
  return (term) => {
    const forms = [...(counts.get(term) ?? [])]
    return forms.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? term
  }
}
