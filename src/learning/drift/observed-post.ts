/** What a model and its training vocabulary make of one post. */
export interface ObservedPost {
  /** The likeliest label, assigned or not. */
  readonly label: string
  /** Calibrated, in [0, 1]. */
  readonly confidence: number
  readonly assigned: boolean
  /** Words that are not stop words, and how many of those no post had that the model learned from. */
  readonly words: number
  readonly unknownWords: number
}

/** The same with its distinct terms. */
export interface ReadPost extends ObservedPost {
  readonly terms: readonly string[]
}

/** What posts of today are measured against: posts from before that the model did not learn from either. */
export interface DriftReference {
  readonly posts: readonly ObservedPost[]
  /** Posts among those that have each term. */
  readonly termDocuments: ReadonlyMap<string, number>
}

/** Texts counted in one step: a few milliseconds. */
const STEP = 250

/** How many texts have each term, in steps; the terms of a text are distinct. */
export function* countDocuments(
  texts: readonly { readonly terms: readonly string[] }[],
): Generator<undefined, Map<string, number>> {
  const documents = new Map<string, number>()
  for (const [at, { terms }] of texts.entries()) {
    for (const term of terms) documents.set(term, (documents.get(term) ?? 0) + 1)
    if (at % STEP === STEP - 1) yield
  }
  return documents
}
