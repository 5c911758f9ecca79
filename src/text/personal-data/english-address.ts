import type { Detector, Finding } from './finding.ts'

const SURE =
  'Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Boulevard|Blvd|Crescent|Terrace|Close|Court|Gardens|Grove|Mews|Parkway|Pkwy|Highway'
/** Words that end other names too; a place with its postcode must follow. */
const OTHER = 'Way|Place|Hill|Row|Walk|Square|Park|Green|Circle|Trail|Quay|Wharf|Dr'
const STREET = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,_+-])\d{1,5}[A-Za-z]?,? (?:\p{Lu}[\p{L}'’.-]{0,24} ){1,4}(?:(${SURE})|(?:${OTHER}))(?![\p{L}\p{N}])\.?`,
  'gu',
)
const BOX = /(?<![\p{L}\p{N}])P\.?O\.? Box \d{1,6}(?![\p{L}\p{N}])/giu
const PLACES = String.raw`(?:,\s\p{Lu}[\p{L} '’-]{1,30}){0,3}`
const TAIL = new RegExp(
  String.raw`${PLACES},?\s(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|(?:[A-Z]{2} )?\d{5}(?:-\d{4})?)(?![\p{L}\p{N}])`,
  'uy',
)
const WITHIN = /(?<![\p{L}\p{N}])(?:Flat|Apt\.?|Apartment|Unit|Suite|Floor|Room) [\p{L}\p{N}-]{1,8}, ?$/iu
const REACH = 40

/** British and North American addresses: a number in a street, or a box. */
export const detectEnglishAddresses: Detector = (text) => {
  const findings: Finding[] = []
  for (const { 0: head, 1: sure, index } of text.matchAll(STREET)) {
    const end = endOfPlace(text, index + head.length)
    if (sure === undefined && end === index + head.length) continue
    const within = WITHIN.exec(text.slice(Math.max(0, index - REACH), index))
    findings.push({ kind: 'address', start: index - (within?.[0].length ?? 0), end: trimmed(text, end) })
  }
  for (const { 0: head, index } of text.matchAll(BOX))
    findings.push({ kind: 'address', start: index, end: endOfPlace(text, index + head.length) })
  return findings
}

function endOfPlace(text: string, at: number): number {
  TAIL.lastIndex = at
  return at + (TAIL.exec(text)?.[0].length ?? 0)
}

/** A full stop after the last word of all ends the sentence, not the street. */
function trimmed(text: string, end: number): number {
  return text[end - 1] === '.' ? end - 1 : end
}
