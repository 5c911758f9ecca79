import type { Audience } from '../access/audience.ts'
import type { SpokenLanguage } from '../text/language/preferred-language.ts'

/**
 * How far a question is: held until a colleague decides, waiting to become a thread (for a moment), a thread, or rejected.
 */
export type QuestionStatus = 'held' | 'waiting' | 'passed-on' | 'rejected'

/** Why a question is held: so many links, so many questions from one network, a field filled in that nobody sees, or by rule. */
export const HOLD_REASONS = ['links', 'many', 'hidden-field', 'rule'] as const
export type HoldReason = (typeof HOLD_REASONS)[number]

/** What a customer asked in the help centre. */
export interface AskedQuestion {
  readonly id: string
  /** Eight digits that the asker can name to a colleague. Drawn by chance: they count nothing. */
  readonly number: string
  readonly status: QuestionStatus
  readonly heldFor: readonly HoldReason[]
  /** Of the page that it was asked on. */
  readonly language: SpokenLanguage
  readonly audience: Audience
  /** Name of the source that its thread belongs to. */
  readonly source: string
  /** The id that its thread has, or will have. */
  readonly threadId: string
  /** Absent once its thread has it. */
  readonly title?: string
  readonly body?: string
  /** The category that the asker chose. */
  readonly topic?: string
  readonly askedAt: string
}

/** The format of the sources that questions of the help centre belong to. */
export const OWN_FORMAT = 'help-centre'

/** The source's id of the asker of a question: of each question another, so that nobody's questions can be put together. */
export function askerOf({ id }: Pick<AskedQuestion, 'id'>): string {
  return `asker-${id}`
}

/** Characters of a question's title. */
export const LONGEST_TITLE = 300
/** Characters of a question's text, of a reply and of an answer. */
export const LONGEST_TEXT = 10_000
