/** What an article was used to answer: a thread, a case of the company's help desk, or an answer given elsewhere. */
export const USE_KINDS = ['thread', 'case', 'answer'] as const
export type UseKind = (typeof USE_KINDS)[number]

/** An article was used to answer something. */
export interface Use {
  readonly id: string
  readonly articleId: string
  readonly kind: UseKind
  /** Id of the thread; the company's own id of the case; or the address of the answer. */
  readonly reference: string
  readonly actorId: string
}

export interface UseCounts {
  readonly total: number
  readonly last90Days: number
}
