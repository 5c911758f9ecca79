/** What can be told apart; a kind is also what stands in the text instead once it is redacted. */
export const PERSONAL_DATA_KINDS = [
  'email',
  'iban',
  'social-security',
  'card',
  'customer-number',
  'order-number',
  'ip',
  'phone',
  'address',
  'name',
] as const
export type PersonalDataKind = (typeof PERSONAL_DATA_KINDS)[number]

/** Personal data in a text, `[start, end)` in UTF-16 units. */
export interface Finding {
  readonly kind: PersonalDataKind
  readonly start: number
  readonly end: number
}

/**
 * Looks for one kind of personal data, in time linear in the length of any text. Findings come in the order of the
 * text and do not overlap.
 */
export type Detector = (text: string) => Finding[]

/**
 * Findings in the order of the text, none of which overlaps another: of two that do, the one whose kind comes first in
 * {@link PERSONAL_DATA_KINDS} stands, then the longer.
 */
export function withoutOverlaps(findings: readonly Finding[]): Finding[] {
  const rank = (finding: Finding) => PERSONAL_DATA_KINDS.indexOf(finding.kind)
  const kept: Finding[] = []
  for (const finding of [...findings].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1)
    if (last === undefined || finding.start >= last.end) kept.push(finding)
    else if (rank(finding) < rank(last)) {
      kept.pop()
      kept.push(finding)
    }
  }
  return kept
}
