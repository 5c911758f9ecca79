import { extractDraft } from '../../../src/articles/extraction/extract-draft.ts'
import type { DraftPost, ExtractedDraft } from '../../../src/articles/extraction/material.ts'

interface ThreadText {
  readonly title?: string
  readonly language?: string
  readonly names?: readonly string[]
  readonly question?: string
  readonly answers?: readonly (string | Partial<DraftPost>)[]
  readonly comments?: readonly Partial<DraftPost>[]
}

export const ASKER = { id: 'asker', name: 'Jeannine Corbelin', role: 'member' } as const
export const HELPER = { id: 'helper', name: 'papyfibre', role: 'expert' } as const
export const STRANGER = { id: 'stranger', name: 'lolo59', role: 'member' } as const

/** The posts of a thread: the question `q`, answers `a1` … that are accepted, comments `c1` … in their order. */
export function postsOf({ question, answers = [], comments = [] }: ThreadText): DraftPost[] {
  let minute = 0
  const at = () => {
    minute += 1
    return `2024-05-01T10:${String(minute).padStart(2, '0')}:00.000Z`
  }
  const post = (id: string, kind: DraftPost['kind'], given: Partial<DraftPost>): DraftPost => ({
    id,
    kind,
    body: '',
    accepted: false,
    createdAt: at(),
    ...given,
  })
  return [
    ...(question === undefined ? [] : [post('q', 'question', { body: question, author: ASKER })]),
    ...answers.map((answer, index) =>
      post(`a${index + 1}`, 'answer', {
        author: HELPER,
        accepted: true,
        ...(typeof answer === 'string' ? { body: answer } : answer),
      }),
    ),
    ...comments.map((comment, index) => post(`c${index + 1}`, 'comment', { author: ASKER, ...comment })),
  ]
}

export function draftOf(thread: ThreadText): ExtractedDraft {
  const { title = 'T', language = 'en', names = [] } = thread
  return extractDraft({ title, language, names, posts: postsOf(thread) })
}

export const issueOf = (question: string, language = 'en') => draftOf({ question, language }).content.issue
export const titleOf = (title: string, language = 'en', question = 'It does not work.') =>
  draftOf({ title, language, question }).content.title
export const resolutionOf = (language: string, ...answers: string[]) =>
  draftOf({ question: 'Q ?', language, answers }).content.resolution
