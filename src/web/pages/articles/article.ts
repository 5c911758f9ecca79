import type { Get, ItemOf } from '../../api/types.ts'

export type Article = Get<'/api/articles/{id}'>
export type Citation = Article['citations'][number]
export type ArticleItem = ItemOf<Get<'/api/articles'>>
export type Revision = ItemOf<Get<'/api/articles/{id}/revisions'>>
export type Confidence = Article['confidence']
export type Audience = Article['audience']
export type Thread = Get<'/api/threads/{id}'>

/** What people write. */
export type Content = Pick<Article, 'title' | Section | 'language'>

export const SECTIONS = ['issue', 'environment', 'resolution', 'cause'] as const
export type Section = (typeof SECTIONS)[number]

export const CONFIDENCES = ['wip', 'not_validated', 'validated', 'archived'] as const
export const AUDIENCES = ['internal', 'partner', 'customer', 'public'] as const

/** Languages that an article is written in; others are kept where imports brought them. */
export const LANGUAGES = ['en', 'fr'] as const

export function contentOf({ title, issue, environment, resolution, cause, language }: Content): Content {
  return { title, issue, environment, resolution, cause, language }
}

export function isSameContent(a: Content, b: Content): boolean {
  return a.title === b.title && a.language === b.language && SECTIONS.every((each) => a[each] === b[each])
}

/** The version of an article, as the API wants to have it back. */
export function versionOf({ revision }: Pick<Article, 'revision'>): string {
  return `"${revision}"`
}
