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
