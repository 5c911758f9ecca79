import type { MemberRole } from '../../sources/record.ts'
import type { ArticleContent, Confidence } from '../article.ts'

/** What a draft is made from. Post bodies are Markdown, untrusted. */
export interface DraftMaterial {
  readonly title: string
  /** ISO 639-1, or `und`. */
  readonly language: string
  /** Names that the community itself uses: its tags and labels. */
  readonly names: readonly string[]
  readonly posts: readonly DraftPost[]
}

export interface DraftPost {
  readonly id: string
  readonly kind: 'question' | 'answer' | 'comment'
  /** The post that it replies to. */
  readonly parentId?: string
  readonly author?: { readonly id: string; readonly name: string; readonly role: MemberRole }
  readonly body: string
  readonly accepted: boolean
  readonly score?: number
  readonly createdAt: string
}

export type DraftSection = 'issue' | 'environment' | 'resolution' | 'cause'

/** A part of a draft's section as it stands there, and the posts that state it; none for a name in the thread's title. */
export interface Passage {
  readonly section: DraftSection
  readonly text: string
  readonly postIds: readonly string[]
}

export interface ExtractedDraft {
  readonly content: ArticleContent
  readonly confidence: Confidence
  readonly passages: readonly Passage[]
}
