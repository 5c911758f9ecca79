import { findPersonalData, type PersonalDataOptions } from './find-personal-data.ts'
import { type Finding, PLACEHOLDERS } from './finding.ts'

/** The text with each finding replaced by `{kind}`; all else stays as it is. */
export function redact(text: string, findings: readonly Finding[]): string {
  let redacted = ''
  let at = 0
  for (const { kind, start, end } of findings) {
    redacted += text.slice(at, start) + PLACEHOLDERS[kind]
    at = end
  }
  return redacted + text.slice(at)
}

/** Where taking something out lets something else appear, that goes too; more rounds than this no text has needed. */
const MOST_ROUNDS = 8

/** A plain text without the personal data that is found in it. */
export function redactText(text: string, options?: PersonalDataOptions): string {
  return redactBy(text, (each) => findPersonalData(each, options))
}

/** Markdown without the personal data that is found in it: in prose, code, links and their targets alike. */
export function redactMarkdown(markdown: string, options?: PersonalDataOptions): string {
  return redactBy(markdown, (each) => findInMarkdown(each, options))
}

function redactBy(text: string, find: (text: string) => Finding[]): string {
  let redacted = text
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const findings = find(redacted)
    if (findings.length === 0) break
    redacted = redact(redacted, findings)
  }
  return redacted
}

const ESCAPED = /\\(?=[!-/:-@[-`{-~])/g

/** Personal data in Markdown, at its places there; an escape (`jeanne\_m@…`) hides nothing. */
export function findInMarkdown(markdown: string, options?: PersonalDataOptions): Finding[] {
  const escapes = [...markdown.matchAll(ESCAPED)].map(({ index }) => index)
  if (escapes.length === 0) return findPersonalData(markdown, options)
  const places: number[] = []
  let plain = ''
  let at = 0
  for (const next of [...escapes, markdown.length]) {
    for (let place = at; place < next; place++) places.push(place)
    plain += markdown.slice(at, next)
    at = next + 1
  }
  return findPersonalData(plain, options).map(({ kind, start, end }) => ({
    kind,
    start: places[start]!,
    end: places[end - 1]! + 1,
  }))
}

const LONGEST = 40
/** Enough that what is cut off in the middle is not among what is shown. */
const LOOKED_AT = 400

/** A value from outside as a message may show it: without personal data, and not long. */
export function quote(value: string): string {
  const text = redactText(value.slice(0, LOOKED_AT))
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
