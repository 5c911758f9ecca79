/** Audiences from the most closed to the most open. */
export const AUDIENCES = ['internal', 'partner', 'customer', 'public'] as const
export type Audience = (typeof AUDIENCES)[number]

const DOCUMENT_KINDS = ['article', 'thread'] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** The searched fields. The order is that of the packed term frequencies: the longest first, in the low byte. */
export const FIELDS = ['body', 'title', 'issue', 'tags'] as const
export type Field = (typeof FIELDS)[number]

/** What is searched, in plain text. Only its terms stay in memory. */
export interface SearchDocument {
  readonly id: string
  readonly kind: DocumentKind
  /** `fr`, `en` (or `fr-CA` …): its words are stemmed in that language; anything else, `und`, in both. */
  readonly language: string
  readonly audience: Audience
  readonly title: string
  /** The problem in the requestor's words. */
  readonly issue?: string | undefined
  readonly body: string
  readonly tags: readonly string[]
  /** The label that the `category` filter compares. */
  readonly category?: string | undefined
  readonly source?: string | undefined
}

/**
 * How open an audience is. A document is for a reader when it is at least as open as the reader's own audience: a
 * `public` reader sees public documents only, an `internal` one sees all.
 */
export function openness(audience: Audience): number {
  const rank = AUDIENCES.indexOf(audience)
  // Whatever slipped past validation must not rank below `internal`: that would show everything.
  if (rank < 0) throw new RangeError(`unknown audience: ${audience}`)
  return rank
}
