import { binomialUpperTail } from '../statistics/distributions.ts'
import { logLikelihoodRatio } from '../statistics/proportions.ts'
import { countDocuments } from './observed-post.ts'
import {
  averageLinkage,
  createTermWeigher,
  dot,
  pairwiseCosines,
  sumOf,
  type TermVector,
} from './text-clusters.ts'

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

/** Mean similarity within a topic; chosen on clinc150's training split (docs/internals/drift.md). */
const LEAST_SIMILARITY = 0.2
const FEWEST_POSTS = 5
const FEWEST_ASKERS = 3
/** Posts in proportion to what was expected. */
const LEAST_RISE = 3
/** Significance level of a rise. */
const LEVEL = 0.001
/** Posts that are clustered: a matrix of 16 MB. */
const MOST_POSTS = 2_000
const MOST_WORDS = 8
const MOST_TOPICS = 20

/**
 * Finds topics that rise: recent posts that no label fits, clustered by the cosine of their terms' inverse document
 * frequencies, and kept where several people ask and the rate is beyond the earlier one. Rates are compared given the
 * traffic of both times, `P(Bin(k + m, recent / (recent + earlier)) ≥ k)` (Przyborowski & Wilenski 1940), so that more
 * posts about everything are no topic.
 *
 * A generator, so that the caller can let other work run between steps.
 */
export function* risingTopics(
  { recent, earlier }: TopicSearch,
  { leastSimilarity = LEAST_SIMILARITY }: { readonly leastSimilarity?: number } = {},
): Generator<undefined, RisingTopic[]> {
  const all = [...earlier, ...recent]
  const documents = yield* countDocuments(all)
  const weigh = createTermWeigher(documents, all.length)
  const unfit = [...recent.keys()].filter((at) => !recent[at]!.fits).slice(-MOST_POSTS)
  const vectors = unfit.map((at) => weigh(recent[at]!.terms))
  const cosines = yield* pairwiseCosines(vectors)
  const clusters = yield* averageLinkage(cosines, vectors.length, leastSimilarity)
  const candidates = clusters.filter((members) => members.length >= FEWEST_POSTS)
  if (candidates.length === 0) return []
  const before: TermVector[] = []
  for (const post of earlier) {
    before.push(weigh(post.terms))
    if (before.length % 100 === 0) yield
  }
  const telling = (posts: readonly number[]) => tellingWords(recent, posts, documents, all.length)
  const topics: RisingTopic[] = []
  for (const members of candidates) {
    yield
    const own = members.map((at) => vectors[at]!)
    const centre = sumOf(own)
    const typical = members
      .map((at, k) => ({
        at: unfit[at]!,
        likeness: (dot(own[k]!, centre) - selfOf(own[k]!)) / (own.length - 1),
      }))
      .filter(({ likeness }) => likeness >= leastSimilarity)
      .sort((a, b) => b.likeness - a.likeness || a.at - b.at)
    const posts = typical.map(({ at }) => at)
    const askers = countAskers(recent, posts)
    if (posts.length < FEWEST_POSTS || askers < FEWEST_ASKERS) continue
    const alike = before.filter((vector) => dot(vector, centre) / own.length >= leastSimilarity).length
    const share = recent.length / (recent.length + earlier.length)
    const p = Math.min(1, candidates.length * binomialUpperTail(posts.length, posts.length + alike, share))
    // At least half a post: nothing was ever seen of most topics that rise.
    const expected = (Math.max(0.5, alike) / Math.max(1, earlier.length)) * recent.length
    if (p > LEVEL || posts.length < LEAST_RISE * expected) continue
    const likeness = typical.map((each) => each.likeness)
    topics.push({
      posts,
      likeness,
      askers,
      earlier: alike,
      expected,
      p,
      words: telling(posts),
    })
  }
  topics.sort((a, b) => a.p - b.p || b.posts.length - a.posts.length)
  return joinLanguages(topics, recent)
    .map((members) => (members.length === 1 ? members[0]! : joined(members, recent, telling)))
    .slice(0, MOST_TOPICS)
}

/** One topic of several, the surest first. */
function joined(
  members: readonly RisingTopic[],
  recent: readonly RecentTopicPost[],
  telling: (posts: readonly number[]) => TopicWord[],
): RisingTopic {
  const typical = members
    .flatMap((topic) => topic.posts.map((at, k) => ({ at, likeness: topic.likeness[k]! })))
    .sort((a, b) => b.likeness - a.likeness || a.at - b.at)
  const posts = typical.map(({ at }) => at)
  return {
    posts,
    likeness: typical.map(({ likeness }) => likeness),
    words: telling(posts),
    askers: countAskers(recent, posts),
    earlier: members.reduce((sum, topic) => sum + topic.earlier, 0),
    expected: members.reduce((sum, topic) => sum + topic.expected, 0),
    p: members[0]!.p,
  }
}

/** What a vector adds to the sum by itself: 1, or 0 of an empty one. */
function selfOf(vector: TermVector): number {
  return vector.size > 0 ? 1 : 0
}

function countAskers(recent: readonly RecentTopicPost[], posts: readonly number[]): number {
  return new Set(posts.map((at) => recent[at]!.asker ?? at)).size
}

/** Terms of at least a fifth of the posts, by log-likelihood ratio against all other posts. */
function tellingWords(
  recent: readonly RecentTopicPost[],
  posts: readonly number[],
  documents: ReadonlyMap<string, number>,
  size: number,
): TopicWord[] {
  const inside = new Map<string, number>()
  for (const at of posts) for (const term of recent[at]!.terms) inside.set(term, (inside.get(term) ?? 0) + 1)
  const words: TopicWord[] = []
  for (const [term, count] of inside) {
    const here = { count, of: posts.length }
    const there = { count: documents.get(term)! - count, of: Math.max(1, size - posts.length) }
    if (count < Math.max(2, posts.length / 5) || count / here.of <= there.count / there.of) continue
    words.push({ term, strength: logLikelihoodRatio(here, there) })
  }
  return words.sort((a, b) => b.strength - a.strength || (a.term < b.term ? -1 : 1)).slice(0, MOST_WORDS)
}

/** Share of a topic's posts that have a word by which it may be joined with another. */
const LEAST_SHARE = 0.5

/**
 * Groups topics that are one topic in several languages: words of different languages are not alike, but the name of
 * a product is the same. Two are joined when they are mostly of different languages and half of the posts of each
 * have one of the words that tell both.
 *
 * @param topics the surest first
 * @returns the topics of each group; most stand alone
 */
function joinLanguages(topics: readonly RisingTopic[], recent: readonly RecentTopicPost[]): RisingTopic[][] {
  const groups: { languages: Set<string>; names: Set<string>; members: RisingTopic[] }[] = []
  for (const topic of topics) {
    const language = mainLanguage(topic, recent)
    const names = namesOf(topic, recent)
    const group =
      language === undefined
        ? undefined
        : groups.find((each) => !each.languages.has(language) && names.some((name) => each.names.has(name)))
    if (group === undefined)
      groups.push({
        languages: new Set(language === undefined ? [] : [language]),
        names: new Set(names),
        members: [topic],
      })
    else {
      group.members.push(topic)
      group.languages.add(language!)
      group.names = new Set(names.filter((name) => group.names.has(name)))
    }
  }
  return groups.map(({ members }) => members)
}

function mainLanguage({ posts }: RisingTopic, recent: readonly RecentTopicPost[]): string | undefined {
  const counts = new Map<string, number>()
  for (const at of posts) {
    const { language } = recent[at]!
    if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0]
}

function namesOf({ posts, words }: RisingTopic, recent: readonly RecentTopicPost[]): string[] {
  return words
    .map(({ term }) => term)
    .filter(
      (term) => posts.filter((at) => recent[at]!.terms.includes(term)).length >= LEAST_SHARE * posts.length,
    )
}
