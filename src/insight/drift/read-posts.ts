import type { Audience } from '../../access/index.ts'
import type { ReadPost } from '../../learning/index.ts'
import { createTermAnalyser, type TermAnalyser } from '../../text/tokens-to-terms.ts'
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

/** One analyser for many texts: it remembers what it has stemmed. */
export function createTermReader(analyser: TermAnalyser = createTermAnalyser()) {
  return {
    /** The terms of a text, each as often as it stands there; numbers alone (years, amounts) are no vocabulary. */
    terms(text: string, language: string): string[] {
      const found: string[] = []
      analyser.visit(text, language, (terms) => {
        for (const term of terms) if (isWord(term)) found.push(term)
      })
      return found
    },

    /** How each of these terms is written in a text, most often first, in lower case. */
    *forms(
      text: string,
      language: string,
      wanted: ReadonlySet<string>,
    ): Generator<[term: string, form: string]> {
      const found: [string, string][] = []
      analyser.visit(text, language, (terms, start, end) => {
        for (const term of terms)
          if (wanted.has(term)) found.push([term, text.slice(start, end).toLowerCase()])
      })
      yield* found
    },
  }
}

export type TermReader = ReturnType<typeof createTermReader>

function isWord(term: string): boolean {
  return term.length > 1 && /\p{L}/u.test(term)
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
  reader: TermReader,
  { thread, text }: { readonly thread: ThreadFacts; readonly text: string },
): ReadThread {
  const language = languageGroup(thread.language)
  const terms = reader.terms(text, thread.language)
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
