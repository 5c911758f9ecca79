import type { DriftReference, ObservedPost } from '../../learning/index.ts'
import type { LanguageGroup } from './languages.ts'

/** Terms of the posts that a model learned from, a language. */
export type Vocabulary = Readonly<Record<LanguageGroup, ReadonlySet<string>>>

/** What a model version was trained on, in short, and how it saw the posts of that time that it did not learn from. */
export interface TrainingSnapshot {
  /** Posts that it learned from. */
  readonly learned: number
  /** The risk budgets under which the reference was assigned or not. */
  readonly budgets: string
  readonly vocabulary: Vocabulary
  readonly reference: {
    readonly posts: readonly (ObservedPost & { readonly language: LanguageGroup })[]
    /** Of those posts, how many have each term, a language. */
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
