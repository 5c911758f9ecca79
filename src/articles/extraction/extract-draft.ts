import { plainText } from '../../text/markdown/plain-text.ts'
import type { Cleaning } from './clean-post.ts'
import { environmentOf } from './environment.ts'
import { flatten } from './flatten.ts'
import { issueOf } from './issue.ts'
import type { DraftMaterial, DraftPost, DraftSection, ExtractedDraft, Passage } from './material.ts'
import { type Piece, writePieces } from './pieces.ts'
import { chosenAnswers, resolutionOf } from './resolution.ts'
import { titleOf } from './title.ts'
import { wordsOf } from './words.ts'

/** Stands between two accepted answers. */
const SEPARATOR = '\n\n---\n\n'
/** Posts read to find out whether a quote repeats one of them, and characters of each. */
const MOST_QUOTED = 200
const LONGEST_QUOTED = 20_000
/** Shorter quotes stand in many posts by chance. */
const SHORTEST_QUOTED = 8

/**
 * A first draft of an article, extracted from a thread: every sentence is one of its posts', and no word is added.
 *
 * Where no answer is accepted, the draft takes the one with the best score and is work in progress. Facts about the
 * asker are no material. Takes time linear in the posts; any Markdown gives a draft.
 */
export function extractDraft({ title, language, names, posts }: DraftMaterial): ExtractedDraft {
  const cleaning: Cleaning = {
    words: wordsOf(language),
    names: memberNames(posts),
    repeatsPost: quoteFinder(posts),
  }
  const question = posts.find(({ kind }) => kind === 'question')
  const chosen = chosenAnswers(posts)
  const answeredAt = chosen
    .map(({ createdAt }) => createdAt)
    .sort()
    .at(-1)
  const asked =
    question === undefined
      ? { question: [], additions: [] }
      : issueOf(question, title, posts, answeredAt, cleaning)
  const issue = [...asked.question, ...asked.additions]
  const { answers, causes } = resolutionOf(chosen, posts, cleaning)
  const heading = titleOf(title, asked.question, cleaning)
  const environment = environmentOf(title, issue, {
    words: cleaning.words,
    names,
    members: cleaning.names,
    elsewhere: chosen.map(({ body }) => body.slice(0, LONGEST_QUOTED)).join('\n'),
  })
  const passages = (section: DraftSection, pieces: readonly Piece[]): Passage[] =>
    pieces.map(({ raw, postIds }) => ({ section, text: raw, postIds }))
  return {
    content: {
      title: heading,
      issue: writePieces(issue),
      environment: environment.map(({ text }) => `- ${text}`).join('\n'),
      resolution: answers.map(writePieces).join(SEPARATOR),
      cause: writePieces(causes),
      language,
    },
    confidence: chosen.some(({ accepted }) => accepted) ? 'not_validated' : 'wip',
    passages: [
      ...passages('issue', issue),
      ...environment.map(({ text, postIds }): Passage => ({ section: 'environment', text, postIds })),
      ...answers.flatMap((pieces) => passages('resolution', pieces)),
      ...passages('cause', causes),
    ],
  }
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
