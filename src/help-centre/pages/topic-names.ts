import type { Site } from './layout.ts'
import { wordsIn } from './words.ts'

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/

/**
 * What a category is called to customers: by the company's name for it, or else as it is, but for names that are written for
 * machines, such as `number-porting`.
 */
export function topicName(
  { settings, language }: Pick<Site, 'settings' | 'language'>,
  category: string | undefined,
): string {
  if (category === undefined) return wordsIn(language).otherTopics
  const named = settings.topics.find((topic) => topic.category === category)
  if (named !== undefined) return named.name[language]
  if (!KEBAB.test(category)) return category
  const words = category.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
