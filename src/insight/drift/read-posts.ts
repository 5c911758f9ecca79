import type { Audience } from '../../access/index.ts'
import type { ReadPost } from '../../learning/index.ts'
import { visitLightTerms } from '../../text/light-terms.ts'
import { type ThreadFacts, threadText } from '../../threads/index.ts'
import type { DriftDeps } from './deps.ts'
import type { DriftModel } from './drift-model.ts'
import { type LanguageGroup, languageGroup } from './languages.ts'
import type { Vocabulary } from './snapshot.ts'

/** A thread with what a model and its training vocabulary make of it. */
export interface ReadThread extends ReadPost {
  readonly id: string
  readonly language: LanguageGroup
  readonly audience: Audience
}

const CHUNK = 100

/** The terms of a text, each as often as it stands there. */
export function termsIn(text: string, language: string): string[] {
  const terms: string[] = []
  visitLightTerms(text, language, (term) => terms.push(term))
  return terms
}

/** Reads stored threads by chunks, in the order of `ids`, letting others have their turn. */
export async function* readThreads(
  deps: Pick<DriftDeps, 'threads'>,
  ids: readonly string[],
  breathe: () => Promise<void>,
  signal?: AbortSignal,
): AsyncGenerator<{ readonly thread: ThreadFacts; readonly text: string }> {
  for (let from = 0; from < ids.length; from += CHUNK) {
    signal?.throwIfAborted()
    for (const thread of await deps.threads.facts(ids.slice(from, from + CHUNK))) {
      await breathe()
      yield { thread, text: threadText(thread) }
    }
  }
}

/** What a model makes of a thread. */
export function observe(
  { classifier }: DriftModel,
  vocabulary: Vocabulary,
  { thread, text }: { readonly thread: ThreadFacts; readonly text: string },
): ReadThread {
  const language = languageGroup(thread.language)
  const terms = termsIn(text, thread.language)
  const { label, confidence, decision } = classifier.classify(text)
  return {
    id: thread.id,
    language,
    audience: thread.audience,
    label,
    confidence,
    assigned: decision === 'assigned',
    words: terms.length,
    unknownWords: terms.filter((term) => !vocabulary[language].has(term)).length,
    terms: [...new Set(terms)],
  }
}
