export type LearningErrorCode =
  | 'TOO_FEW_LABELS'
  | 'LENGTH_MISMATCH'
  | 'ARTEFACT_CORRUPT'
  | 'ARTEFACT_UNSUPPORTED'
  | 'INVALID_ARGUMENT'

/** A failure of the learning core, with a code that callers map to their own surface. */
export class LearningError extends Error {
  readonly code: LearningErrorCode

  constructor(code: LearningErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LearningError'
    this.code = code
  }
}
