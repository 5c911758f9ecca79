import { plainText } from '../text/markdown-plain.ts'
import type { ArticleContent, Confidence } from './article.ts'
import { bodyHash, type EvidenceSection, type Footing } from './evidence.ts'

/** What a draft is made from. Bodies are Markdown. */
interface DraftMaterial {
  readonly title: string
  readonly language: string
  readonly tags: readonly string[]
  readonly posts: readonly DraftPost[]
}

interface DraftPost {
  readonly id: string
  readonly kind: 'question' | 'answer' | 'comment'
  readonly body: string
  readonly accepted: boolean
  readonly score?: number
  readonly createdAt: string
}

interface Draft {
  readonly content: ArticleContent
  readonly confidence: Confidence
  readonly footings: readonly Footing[]
}

const LONGEST_TITLE = 120
/** Between two answers that were both accepted. */
const ANSWERS_APART = '\n\n---\n\n'

/**
 * A first draft: the question as it was asked, and every accepted answer, oldest first. With none accepted, the
 * answer with the best score, and then the draft is work in progress. Tags tell of the environment; what a company
 * knows about the asker stays out.
 */
export function draftFromThread({ title, language, tags, posts }: DraftMaterial): Draft {
  const question = posts.find(({ kind }) => kind === 'question')
  const answers = posts.filter(({ kind }) => kind === 'answer').sort(byAge)
  const accepted = answers.filter((answer) => answer.accepted)
  const chosen = accepted.length > 0 ? accepted : answers.sort(byScore).slice(0, 1)
  const issue = question?.body ?? ''
  return {
    content: {
      title: title.trim() || firstLine(issue),
      issue,
      environment: tags.join(', '),
      resolution: chosen.map(({ body }) => body.trim()).join(ANSWERS_APART),
      cause: '',
      language,
    },
    confidence: accepted.length > 0 ? 'not_validated' : 'wip',
    footings: [
      ...(question === undefined ? [] : [footing('issue', question)]),
      ...chosen.map((answer) => footing('resolution', answer)),
    ],
  }
}

function footing(section: EvidenceSection, { id, body, accepted }: DraftPost): Footing {
  return { section, postId: id, hash: bodyHash(body), accepted }
}

function byAge(a: DraftPost, b: DraftPost): number {
  return a.createdAt === b.createdAt ? compare(a.id, b.id) : compare(a.createdAt, b.createdAt)
}

function byScore(a: DraftPost, b: DraftPost): number {
  return (b.score ?? 0) - (a.score ?? 0) || byAge(a, b)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function firstLine(markdown: string): string {
  const line = plainText(markdown).split('\n', 1)[0] ?? ''
  return line.length <= LONGEST_TITLE ? line : `${line.slice(0, LONGEST_TITLE - 1).trimEnd()}…`
}
