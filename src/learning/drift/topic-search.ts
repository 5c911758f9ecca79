export interface TopicPost {
  /** Distinct terms of its text. */
  readonly terms: readonly string[]
}

export interface RecentTopicPost extends TopicPost {
  /** Whether a label fits it: such posts are no part of a topic, but of the traffic. */
  readonly fits: boolean
  /** Topics of different languages are joined by the names they share. */
  readonly language?: string
  /** Who asked; each post without is taken for another's. */
  readonly asker?: string
}

export interface TopicSearch {
  readonly recent: readonly RecentTopicPost[]
  /** All posts of a time before that, whether labels fit them or not. */
  readonly earlier: readonly TopicPost[]
}

export interface TopicWord {
  readonly term: string
  readonly strength: number
}

/** Similar posts that no label fits and that have become more frequent than chance explains. */
export interface RisingTopic {
  /** Positions in `recent`, the most typical first. */
  readonly posts: readonly number[]
  /** Mean similarity of each of those to the others. */
  readonly likeness: readonly number[]
  /** Terms that set its posts apart from all others, the most telling first. */
  readonly words: readonly TopicWord[]
  readonly askers: number
  /** Posts of before that are as similar to the topic as its own have to be. */
  readonly earlier: number
  /** So many posts would be expected at the earlier rate. */
  readonly expected: number
  /** The chance of so many at the earlier rate, times the clusters that were tried. */
  readonly p: number
}
