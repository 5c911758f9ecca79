import type { Detector, Finding } from './finding.ts'

const S = String.raw`[ \u00a0\u2009\u202f.\/-]?`
const PARTS = [
  '[1-478]',
  String.raw`\d\d`,
  String.raw`\d\d`,
  '(?:[0-9]{2}|2[ab])',
  String.raw`\d{3}`,
  String.raw`\d{3}`,
  String.raw`\d\d`,
]
const NIR = new RegExp(
  String.raw`(?<![\p{L}\p{N}])${PARTS.map((part) => `(${part})`).join(S)}(?![\p{L}\p{N}])`,
  'giu',
)

/**
 * French social-security numbers (NIR) with their key: 97 less the number modulo 97, with 19 for 2A and 18 for 2B
 * (INSEE). Those of people born in Corsica and abroad, and provisional ones, are numbers like any other.
 */
export const detectSocialSecurityNumbers: Detector = (text) => {
  const findings: Finding[] = []
  for (const { 0: found, index, ...parts } of text.matchAll(NIR)) {
    const [sex = '', year = '', month = '', department = '', commune = '', order = '', key = ''] = [
      1, 2, 3, 4, 5, 6, 7,
    ].map((i) => parts[i as 1]!)
    const place = department.toUpperCase().replace('2A', '19').replace('2B', '18')
    const number = Number(sex + year + month + place + commune + order)
    if (isMonth(Number(month)) && department !== '00' && Number(key) === 97 - (number % 97))
      findings.push({ kind: 'social-security', start: index, end: index + found.length })
  }
  return findings
}

/** Months, and what stands for one where the month or the whole date of birth is not known. */
function isMonth(month: number): boolean {
  return (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50
}
