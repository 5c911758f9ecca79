import type { PostRecord } from '../sources/index.ts'
import { detectLanguage } from '../text/language.ts'
import { toMarkdown } from '../text/markdown.ts'
import { threadText } from './thread-text.ts'

/** The slow work on a batch's texts: done once each, most of it before the transaction, the rest when asked for. */
export interface TextWork {
  markdown(post: PostRecord): string
  /** Language of a thread from its title and its question in Markdown. */
  language(title: string, question: string): string
}

export function createTextWork(): TextWork {
  const bodies = new Map<PostRecord, string>()
  const languages = new Map<string, string>()
  return {
    markdown: (post) => remember(bodies, post, () => toMarkdown(post.body, post.format)),
    language(title, question) {
      const text = `${title}\n${question}`
      return remember(languages, text, () => detectLanguage(threadText({ title, question })))
    },
  }
}

function remember<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = known.get(key)
  if (found !== undefined) return found
  const value = make()
  known.set(key, value)
  return value
}
