/** An emphasis or a link, from its first visible character to its last; the same object stands at both ends. */
export interface Span {
  readonly kind: 'em' | 'strong' | 'del' | 'link'
  readonly url: string
  /** Inside another of its kind it says nothing. */
  readonly isIdle: boolean
  /** Where it opened and closed among the pieces. */
  from: number
  to: number
}

/** A piece of a paragraph: Markdown text, code (still raw), or an end of a span. */
export type Piece = string | { readonly code: string } | { readonly span: Span; readonly opens: boolean }
