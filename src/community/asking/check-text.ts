import { communityErrors } from '../errors.ts'
import { LONGEST_TEXT, LONGEST_TITLE } from '../question.ts'

const LINK = /\bhttps?:\/\/|\bwww\./gi
/** Links in a question or reply; more are rarely a customer's. */
export const MOST_LINKS = 2

/** What a customer typed, as it is stored. */
export interface CheckedText {
  readonly title: string
  readonly body: string
}

/**
 * The title in one line and the text without space around it.
 *
 * @throws CodedError QUESTION_CHARACTERS, QUESTION_TITLE_MISSING, QUESTION_TITLE_TOO_LONG, QUESTION_TEXT_TOO_LONG
 */
export function checkQuestion({
  title,
  body,
}: {
  readonly title: string
  readonly body: string
}): CheckedText {
  requireStorable(title)
  const line = title.trim().replace(/\s+/g, ' ')
  const text = checkText(body)
  if (line === '') throw communityErrors.QUESTION_TITLE_MISSING()
  if (line.length > LONGEST_TITLE) throw communityErrors.QUESTION_TITLE_TOO_LONG({ longest: LONGEST_TITLE })
  return { title: line, body: text }
}

/**
 * @returns the text with line feeds alone, and without space around it
 * @throws CodedError QUESTION_CHARACTERS, QUESTION_TEXT_TOO_LONG
 */
export function checkText(given: string): string {
  requireStorable(given)
  const text = given.replace(/\r\n?/g, '\n').trim()
  if (text.length > LONGEST_TEXT) throw communityErrors.QUESTION_TEXT_TOO_LONG({ longest: LONGEST_TEXT })
  return text
}

/** No database keeps U+0000. */
function requireStorable(text: string): void {
  if (text.includes('\0')) throw communityErrors.QUESTION_CHARACTERS()
}

/** A text that can be stored and shown again. */
export function storable(text: string): string {
  return text.replaceAll('\0', '')
}

export function countLinks(text: string): number {
  return text.match(LINK)?.length ?? 0
}

/** An address that mail can be sent to; undefined for an empty one. @throws CodedError QUESTION_EMAIL_INVALID */
export function checkEmail(given: string): string | undefined {
  const email = given.trim().normalize('NFC')
  if (email === '') return undefined
  const isOne = email.length <= 254 && /^[^\s@<>,;:"()[\]\\\p{Cc}]+@[^\s@<>,;:"()[\]\\\p{Cc}]+$/u.test(email)
  if (!isOne) throw communityErrors.QUESTION_EMAIL_INVALID()
  return email
}
