/** Texts that are to be translated, in Markdown. */
export interface ProposalRequest {
  /** ISO 639 codes. */
  readonly from: string
  readonly to: string
  readonly texts: readonly string[]
}

/** What proposes translations. Entraide brings none: a company may run one. */
export interface TranslationProposer {
  /**
   * @returns a text for each text, in their order; empty where it proposes none
   * @throws CodedError TRANSLATION_PROPOSALS_FAILED
   */
  propose(request: ProposalRequest): Promise<readonly string[]>
}
