import type { DriftReference, ObservedPost } from '../../learning/drift/observed-post.ts'
import { eachLanguage, type LanguageGroup } from './read-posts.ts'

/** Terms of the posts that a model learned from, by language; those of most posts first. */
export type Vocabulary = Readonly<Record<LanguageGroup, ReadonlySet<string>>>

/** The terms of two posts or more: what the model would know of a training post's words without that post. */
export function sharedVocabulary(vocabulary: Vocabulary, shared: TrainingSnapshot['shared']): Vocabulary {
  return eachLanguage((language) => new Set([...vocabulary[language]].slice(0, shared[language])))
}

/** What a model version was trained on, in short, and predictions of posts of that time that did not see them. */
export interface TrainingSnapshot {
  /** Number of posts that it learned from. */
  readonly learned: number
  /** The risk budgets under which the reference was assigned or not. */
  readonly budgets: string
  readonly vocabulary: Vocabulary
  /** How many of its terms, from the first, occur in two posts or more. */
  readonly shared: Readonly<Record<LanguageGroup, number>>
  readonly reference: {
    readonly posts: readonly (ObservedPost & { readonly language: LanguageGroup })[]
    /** How many of those posts have each term, by language. */
    readonly termDocuments: Readonly<Record<LanguageGroup, ReadonlyMap<string, number>>>
  }
}

/** The reference of one language, or of all. */
export function referenceOf(
  { reference }: TrainingSnapshot,
  language: LanguageGroup | undefined,
): DriftReference {
  if (language !== undefined)
    return {
      posts: reference.posts.filter((post) => post.language === language),
      termDocuments: reference.termDocuments[language],
    }
  const termDocuments = new Map<string, number>()
  for (const documents of Object.values(reference.termDocuments))
    for (const [term, posts] of documents) termDocuments.set(term, (termDocuments.get(term) ?? 0) + posts)
  return { posts: reference.posts, termDocuments }
}
