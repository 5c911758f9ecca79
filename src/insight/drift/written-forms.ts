import type { DriftDeps } from './deps.ts'
import { readThreads, type TermReader } from './read-posts.ts'

/** How each term is mostly written in these threads (in lower case); the term itself where none has it. */
export async function writtenForms(
  deps: Pick<DriftDeps, 'threads'>,
  reader: TermReader,
  terms: ReadonlySet<string>,
  threadIds: readonly string[],
  breathe: () => Promise<void>,
): Promise<(term: string) => string> {
  const counts = new Map<string, Map<string, number>>()
  for await (const { thread, text } of readThreads(deps, threadIds, breathe))
    for (const [term, form] of reader.forms(text, thread.language, terms)) {
      const forms = counts.get(term) ?? new Map<string, number>()
      counts.set(term, forms.set(form, (forms.get(form) ?? 0) + 1))
    }
  return (term) => {
    const forms = [...(counts.get(term) ?? [])]
    return forms.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? term
  }
}
