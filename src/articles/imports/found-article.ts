import type { Place } from '../../sources/record.ts'
import type { ArticleContent, Confidence } from '../article.ts'
import type { Remark } from './import-report.ts'

/** An article in the files of another system, as it is to be here. */
export interface FoundArticle {
  readonly place: Place
  /** Its id where it comes from, with its language where it has translations. */
  readonly externalId: string
  readonly translationGroup?: string
  readonly section?: string
  readonly content: ArticleContent
  /** `validated` if it is published there. */
  readonly confidence: Exclude<Confidence, 'archived'>
  /** Not everyone sees it there, so that nobody outside the company may see it here. */
  readonly isRestricted: boolean
  readonly createdAt?: string
  readonly updatedAt?: string
}

/** What reading the files of another system gives: articles, and what is none or cannot be read. */
export type Found =
  | { readonly article: FoundArticle }
  | { readonly remark: Remark }
  | { readonly ignored: number }
