import { plainText } from '../../text/markdown/plain-text.ts'
import type { Cleaning } from './clean-post.ts'
import { flatten } from './flatten.ts'
import type { DraftMaterial, DraftPost } from './material.ts'
import { wordsOf } from './words.ts'

/** Posts read to find out whether a quote repeats one of them, and characters of each. */
const MOST_QUOTED = 200
const LONGEST_QUOTED = 20_000
/** Shorter quotes stand in many posts by chance. */
const SHORTEST_QUOTED = 8

/** What posts of a thread are cleaned by: the words of its language, and who and what is in it. */
export function cleaningOf({ language, posts }: Pick<DraftMaterial, 'language' | 'posts'>): Cleaning {
  return { words: wordsOf(language), names: memberNames(posts), repeatsPost: quoteFinder(posts) }
}

/** Names of who wrote, flattened: whole, and the first name in them. */
function memberNames(posts: readonly DraftPost[]): Set<string> {
  const names = new Set<string>()
  for (const { author } of posts) {
    if (author === undefined) continue
    const name = flatten(author.name).trim()
    names.add(name)
    const first = name.split(/[\s_.·–-]+/).find((part) => /^\p{L}{3,}$/u.test(part))
    if (first !== undefined) names.add(first)
  }
  return names
}

/** Whether the text of a quote stands in an earlier post of the thread: a later one may quote the same message. */
function quoteFinder(posts: readonly DraftPost[]): Cleaning['repeatsPost'] {
  const read = posts.slice(0, MOST_QUOTED)
  const texts = new Map<string, string>()
  const textOf = ({ id, body }: DraftPost) => {
    const text = texts.get(id) ?? comparable(body)
    texts.set(id, text)
    return text
  }
  return (quote, postId) => {
    const quoting = posts.find(({ id }) => id === postId)
    const quoted = comparable(quote.replace(/^ {0,3}>+ ?/gm, ''))
    if (quoting === undefined || quoted.length < SHORTEST_QUOTED) return false
    return read.some((post) => post.createdAt < quoting.createdAt && textOf(post).includes(quoted))
  }
}

function comparable(markdown: string): string {
  return flatten(plainText(markdown.slice(0, LONGEST_QUOTED)))
    .replace(/\s+/g, ' ')
    .trim()
}
