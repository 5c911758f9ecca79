import type { ReadPost } from '../../../src/learning/drift/observed-post.ts'
import { createRandom, type Random } from '../../../src/learning/random.ts'

/** How the posts of a made-up community come about; a change of it is drift. */
export interface StreamSettings {
  readonly labels: readonly number[]
  /** Of a post: the chance that the model is sure of it. */
  readonly sure: number
  /** Words that no training post had, a word. */
  readonly unknown: number
  /** Chance that a post has this new word. */
  readonly newWord?: number
}

export const STABLE: StreamSettings = {
  labels: [0.3, 0.2, 0.15, 0.12, 0.1, 0.08, 0.05],
  sure: 0.85,
  unknown: 0.04,
}

const WORDS = 2_000

/** Posts whose words follow Zipf's law, of a model that is well calibrated enough. */
export function createStream(seed: number) {
  const random = createRandom(seed)
  return (count: number, settings: StreamSettings = STABLE): ReadPost[] =>
    Array.from({ length: count }, () => post(random, settings))
}

function post(random: Random, { labels, sure, unknown, newWord = 0 }: StreamSettings): ReadPost {
  const words = 5 + random.below(20)
  const terms = new Set<string>()
  let unknownWords = 0
  for (let i = 0; i < words; i++) {
    if (random.next() < unknown) unknownWords++
    // Inverse of the distribution function of 1 / rank.
    terms.add(`w${Math.floor(WORDS ** random.next())}`)
  }
  if (random.next() < newWord) terms.add('brumacast')
  const spread = random.next() ** 2
  const confidence = random.next() < sure ? 1 - 0.3 * spread : 0.7 - 0.5 * spread
  return {
    label: `label ${pick(random, labels)}`,
    confidence,
    assigned: confidence > 0.7,
    words,
    unknownWords,
    terms: [...terms],
  }
}

function pick(random: Random, shares: readonly number[]): number {
  let left = random.next()
  for (const [at, share] of shares.entries()) {
    left -= share
    if (left < 0) return at
  }
  return shares.length - 1
}
