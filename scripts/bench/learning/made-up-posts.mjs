import { createRandom } from '../../../dist/learning/random.js'

const CONSONANTS = 'bcdfglmnprstv'
const VOWELS = 'aeiou'
const COMMON_WORDS = 30_000
const WORDS_A_TOPIC = 60
const TOPICAL = 0.3

/**
 * Posts of made-up words for as many labels: common words by a power law, as in any language, and three in ten from
 * the label's own. The same arguments give the same posts.
 *
 * @param words how long a post is, in words, at least half of that and at most one and a half times
 */
export function makeUpPosts(count, labels, words, seed = 1) {
  const random = createRandom(seed)
  const common = Array.from({ length: COMMON_WORDS }, () => word(random))
  const topics = Array.from({ length: labels }, () =>
    Array.from({ length: WORDS_A_TOPIC }, () => word(random)),
  )
  const texts = []
  const names = []
  for (let row = 0; row < count; row++) {
    const label = row % labels
    const length = Math.ceil(words * (0.5 + random.next()))
    const post = Array.from({ length }, () =>
      random.next() < TOPICAL
        ? topics[label][random.below(WORDS_A_TOPIC)]
        : common[Math.floor(COMMON_WORDS ** random.next()) - 1],
    )
    texts.push(post.join(' '))
    names.push(`label ${label}`)
  }
  return { texts, labels: names }
}

function word(random) {
  const syllables = 1 + random.below(4)
  return Array.from(
    { length: syllables },
    () => CONSONANTS[random.below(CONSONANTS.length)] + VOWELS[random.below(VOWELS.length)],
  ).join('')
}
