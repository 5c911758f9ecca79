import type { Audience } from '../../access/audience.ts'
import { likeliestOf } from '../../learning/classifier.ts'
import type { ReadPost } from '../../learning/drift/observed-post.ts'
import type { ActiveModel } from '../../models/registry/model-registry.ts'
import { visitLightTerms } from '../../text/terms/terms.ts'
import { threadText } from '../../text/thread-text.ts'
import type { ThreadFacts } from '../../threads/thread.ts'
import type { DriftDeps } from './deps.ts'
import type { Vocabulary } from './snapshot.ts'

/** An active model, as far as drift uses it. */
export type DriftModel = Omit<ActiveModel, 'classifier'> & {
  readonly classifier: Pick<ActiveModel['classifier'], 'classify' | 'threshold' | 'labelThresholds'>
}

/** A thread with its prediction, its terms and how many of them the model does not know. */
export interface ReadThread extends ReadPost {
  readonly id: string
  readonly language: LanguageGroup
  readonly audience: Audience
}

const CHUNK = 100

/** The terms of a text, each as often as it occurs. */
export function termsIn(text: string, language: string): string[] {
  const terms: string[] = []
  visitLightTerms(text, language, (term) => terms.push(term))
  return terms
}

/** Reads threads in chunks, in the order of `ids`. Yields to the event loop between threads. */
export async function* readThreads(
  deps: Pick<DriftDeps, 'threads'>,
  ids: readonly string[],
  yieldToEventLoop: () => Promise<void>,
  signal?: AbortSignal,
): AsyncGenerator<{ readonly thread: ThreadFacts; readonly text: string }> {
  for (let from = 0; from < ids.length; from += CHUNK) {
    signal?.throwIfAborted()
    for (const thread of await deps.threads.facts(ids.slice(from, from + CHUNK))) {
      await yieldToEventLoop()
      yield { thread, text: threadText(thread) }
    }
  }
}

/** Classifies a thread and counts the terms that the vocabulary lacks. */
export function observe(
  { classifier }: DriftModel,
  vocabulary: Vocabulary,
  { thread, text }: { readonly thread: ThreadFacts; readonly text: string },
): ReadThread {
  const language = languageGroup(thread.language)
  const terms = termsIn(text, thread.language)
  const classification = classifier.classify(text)
  const { label, confidence } = likeliestOf(classification)
  return {
    id: thread.id,
    language,
    audience: thread.audience,
    label,
    confidence,
    assigned: classification.decision === 'assigned',
    words: terms.length,
    unknownWords: terms.filter((term) => !vocabulary[language].has(term)).length,
    terms: [...new Set(terms)],
  }
}

/** Languages with figures of their own; others count among all posts only. */
export const LANGUAGES = ['fr', 'en'] as const
const LANGUAGE_GROUPS = [...LANGUAGES, 'other'] as const
export type LanguageGroup = (typeof LANGUAGE_GROUPS)[number]

/** The group of a language code, by its first two letters. */
export function languageGroup(language: string): LanguageGroup {
  const primary = language.slice(0, 2)
  return LANGUAGES.find((each) => each === primary) ?? 'other'
}

/** A record with a value a language group. */
export function eachLanguage<T>(value: (language: LanguageGroup) => T): Record<LanguageGroup, T> {
  return { fr: value('fr'), en: value('en'), other: value('other') }
}

/** The most frequent form of each term in these threads, in lower case; the term itself where none has it. */
export async function writtenForms(
  deps: Pick<DriftDeps, 'threads'>,
  terms: ReadonlySet<string>,
  threadIds: readonly string[],
  yieldToEventLoop: () => Promise<void>,
): Promise<(term: string) => string> {
  const counts = new Map<string, Map<string, number>>()
  for await (const { thread, text } of readThreads(deps, threadIds, yieldToEventLoop))
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
