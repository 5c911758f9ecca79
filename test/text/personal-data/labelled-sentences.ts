import { readFileSync } from 'node:fs'
import {
  findPersonalData,
  type IdentifierPattern,
} from '../../../src/text/personal-data/find-personal-data.ts'
import {
  type Finding,
  PERSONAL_DATA_KINDS,
  type PersonalDataKind,
} from '../../../src/text/personal-data/finding.ts'

export interface LabelledSentence {
  readonly language: 'fr' | 'en'
  readonly text: string
  readonly spans: readonly Finding[]
}

/** How the company of the sentences writes its numbers. */
export const identifiers: readonly IdentifierPattern[] = [
  { kind: 'order-number', pattern: 'CMD-######' },
  { kind: 'order-number', pattern: 'ORD-####-####' },
  { kind: 'customer-number', pattern: 'CL########' },
]

/** Sentences of fixtures/personal-data, where `[[kind|text]]` marks what is to be found. */
export function labelledSentences(set: 'tuning' | 'held-out'): LabelledSentence[] {
  const file = new URL(`../../../fixtures/personal-data/${set}.ndjson`, import.meta.url)
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => {
    const { language, text } = JSON.parse(line) as { language: 'fr' | 'en'; text: string }
    return { language, ...unmark(text) }
  })
}

function unmark(marked: string): { text: string; spans: Finding[] } {
  const spans: Finding[] = []
  let text = ''
  let at = 0
  for (const { 0: mark, 1: kind, 2: data = '', index } of marked.matchAll(
    /\[\[([a-z-]+)\|(.*?)\]\](?!\])/g,
  )) {
    if (!PERSONAL_DATA_KINDS.some((known) => known === kind)) throw new Error(`unknown kind in ${marked}`)
    text += marked.slice(at, index)
    spans.push({ kind: kind as PersonalDataKind, start: text.length, end: text.length + data.length })
    text += data
    at = index + mark.length
  }
  return { text: text + marked.slice(at), spans }
}

export interface Score {
  right: number
  missed: number
  wrong: number
}

/**
 * Counts what was found as labelled. Identifiers must be found to the character; an address or a name where it covers
 * at least half of the label and is at least half covered by it.
 */
export function score(sentences: readonly LabelledSentence[], onFault?: (fault: string) => void) {
  const scores = new Map<PersonalDataKind, Score>(
    PERSONAL_DATA_KINDS.map((kind) => [kind, { right: 0, missed: 0, wrong: 0 }]),
  )
  for (const { text, spans } of sentences) {
    const findings = findPersonalData(text, { identifiers })
    for (const span of spans) {
      const isFound = findings.some((finding) => isSame(finding, span))
      scores.get(span.kind)![isFound ? 'right' : 'missed'] += 1
      if (!isFound) onFault?.(`missed ${span.kind} "${text.slice(span.start, span.end)}" in "${text}"`)
    }
    for (const finding of findings) {
      if (spans.some((span) => isSame(finding, span))) continue
      scores.get(finding.kind)!.wrong += 1
      onFault?.(`wrong ${finding.kind} "${text.slice(finding.start, finding.end)}" in "${text}"`)
    }
  }
  return scores
}

function isSame(finding: Finding, span: Finding): boolean {
  if (finding.kind !== span.kind) return false
  const shared = Math.min(finding.end, span.end) - Math.max(finding.start, span.start)
  const longest = Math.max(finding.end - finding.start, span.end - span.start)
  return span.kind === 'name' || span.kind === 'address' ? shared * 2 >= longest : shared === longest
}

export const recall = ({ right, missed }: Score): number => right / (right + missed)
export const precision = ({ right, wrong }: Score): number =>
  right + wrong === 0 ? 1 : right / (right + wrong)
