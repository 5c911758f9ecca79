import { redactText } from './redact.ts'

const LONGEST = 40
/** Enough that what is cut off in the middle is not among what is shown. */
const LOOKED_AT = 400

/** A foreign value as a message may show it: without personal data, and not long. */
export function quote(value: string): string {
  const text = redactText(value.slice(0, LOOKED_AT))
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
