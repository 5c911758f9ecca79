import { readFileSync } from 'node:fs'
import type { ArticleContent } from '../../../src/articles/article.ts'
import type {
  CandidateThread,
  NearArticle,
  TermWeight,
} from '../../../src/articles/candidates/typing/types.ts'
import type { DraftPost } from '../../../src/articles/extraction/material.ts'
import { htmlToMarkdown } from '../../../src/text/markdown/to-markdown.ts'
import { createTermAnalyser } from '../../../src/text/terms/terms.ts'

/** The right type of one thread of fixtures/knowledge. */
export interface GoldCandidate {
  readonly thread: string
  readonly type: 'create' | 'update' | 'link' | 'contradicts' | 'none'
  readonly article?: string
  readonly reason?: string
  readonly group?: readonly string[]
}

interface FixtureRecord {
  readonly type: string
  readonly id: string
  readonly kind: DraftPost['kind']
  readonly threadId?: string
  readonly parentId?: string
  readonly postId?: string
  readonly postIds?: readonly string[]
  readonly accepted?: boolean
  readonly authorId?: string
  readonly name: string
  readonly role?: NonNullable<DraftPost['author']>['role']
  readonly title: string
  readonly body: string
  readonly format?: string
  readonly language: string
  readonly score?: number
  readonly createdAt: string
}

const folder = new URL('../../../fixtures/knowledge/', import.meta.url)
const linesOf = <T>(name: string): T[] =>
  readFileSync(new URL(name, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)

const records = ['community-fr.ndjson', 'community-en.ndjson'].flatMap((name) => linesOf<FixtureRecord>(name))
const members = new Map(records.filter(({ type }) => type === 'member').map((member) => [member.id, member]))
const accepted = new Set(records.flatMap(({ type, postIds = [] }) => (type === 'acceptance' ? postIds : [])))
for (const { type, postId = '', accepted: isAccepted } of records)
  if (type === 'acceptance-update') isAccepted ? accepted.add(postId) : accepted.delete(postId)

const posts = records.filter(({ type }) => type === 'post')
const threadOfPost = new Map(posts.map(({ id, threadId }) => [id, threadId]))

export const gold: readonly GoldCandidate[] = linesOf('candidates.jsonl')

export const threads: readonly CandidateThread[] = records
  .filter(({ type }) => type === 'thread')
  .map(({ id, title, language }) => ({
    id,
    title,
    language,
    posts: posts
      .filter(({ threadId, parentId = '' }) => (threadId ?? threadOfPost.get(parentId)) === id)
      .map((post): DraftPost => {
        const author = members.get(post.authorId ?? '')
        return {
          id: post.id,
          kind: post.kind,
          parentId: post.parentId,
          body: post.format === 'html' ? htmlToMarkdown(post.body) : post.body,
          accepted: accepted.has(post.id),
          score: post.score,
          createdAt: post.createdAt,
          author: author && { id: author.id, name: author.name, role: author.role ?? 'member' },
        }
      }),
  }))

export const articles: readonly NearArticle[] = linesOf<ArticleContent & { readonly id: string }>(
  'articles.jsonl',
).map(({ id, ...content }) => ({ id, content }))

/** Term weights over these texts, as the search index has them. */
export function weightsOver(
  texts: readonly { readonly text: string; readonly language: string }[],
): TermWeight {
  const analyser = createTermAnalyser()
  const frequency = new Map<string, number>()
  for (const { text, language } of texts) {
    const own = new Set<string>()
    analyser.visit(text, language, (terms) => {
      for (const term of terms) own.add(term)
    })
    for (const term of own) frequency.set(term, (frequency.get(term) ?? 0) + 1)
  }
  return (term) => Math.log(1 + texts.length / (1 + (frequency.get(term) ?? 0)))
}

export const textOfThread = ({ title, language, posts: own }: CandidateThread) => ({
  text: [title, ...own.map(({ body }) => body)].join('\n'),
  language,
})
export const textOfArticle = ({ content }: NearArticle) => ({
  text: [content.title, content.issue, content.environment, content.resolution, content.cause].join('\n'),
  language: content.language,
})
