import type { RecentTopicPost, RisingTopic } from './topic-search.ts'

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
export function joinLanguages(
  topics: readonly RisingTopic[],
  recent: readonly RecentTopicPost[],
): RisingTopic[][] {
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
