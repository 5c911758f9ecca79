import { countrySpecs, isValidIBAN } from 'ibantools'
import type { Detector, Finding } from './finding.ts'

const HEAD = /(?<![\p{L}\p{N}])[a-z]{2} ?\d{2}(?=[ \u00a0\u2009\u202f.-]?[a-z0-9])/giu
const CHARACTER = /[a-z0-9]/i
const SEPARATOR = /[ \u00a0\u2009\u202f.-]/

/**
 * International bank account numbers: of a country that has them, as long as its are, with the right check digits
 * (ISO 13616) and, where the country has its own, the right national ones.
 */
export const detectIbans: Detector = (text) => {
  const findings: Finding[] = []
  let after = 0
  for (const { 0: head, index } of text.matchAll(HEAD)) {
    if (index < after) continue
    const length = countrySpecs[head.slice(0, 2).toUpperCase()]?.chars
    if (length == null) continue
    const end = endOfCharacters(text, index, length)
    if (end === undefined) continue
    const iban = text
      .slice(index, end)
      .replace(/[^a-z0-9]/gi, '')
      .toUpperCase()
    if (!isValidIBAN(iban)) continue
    findings.push({ kind: 'iban', start: index, end })
    after = end
  }
  return findings
}

/** Where so many letters and digits end, with no more than one separator between two; they must be a word's last. */
function endOfCharacters(text: string, start: number, length: number): number | undefined {
  let at = start
  for (let left = length; left > 0; at++) {
    if (CHARACTER.test(text[at] ?? '')) left -= 1
    else if (!SEPARATOR.test(text[at] ?? '') || !CHARACTER.test(text[at - 1] ?? '')) return undefined
  }
  return /^[\p{L}\p{N}]/u.test(text.slice(at, at + 2)) ? undefined : at
}
