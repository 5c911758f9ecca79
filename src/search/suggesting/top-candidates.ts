import { singularOf } from './written-words.ts'

/** What may come next. */
export interface Candidate {
  readonly text: string
  readonly folded: string
  /** Documents that have it; what none has is no candidate. */
  readonly count: number
}

export interface TopCandidates {
  /** Whether one of so many documents may be among the best. */
  takes(count: number): boolean
  add(candidate: Candidate): void
  /** Those of most documents, then in the order of the alphabet; of a word and its plural the first. */
  best(): Candidate[]
}

/** Candidates that are kept for each one wanted: some are others' plurals, or differ in their accents alone. */
const SPARE = 4

export function createTopCandidates(limit: number): TopCandidates {
  const room = limit * SPARE
  const kept: Candidate[] = []
  const takes = (count: number) => count > 0 && (kept.length < room || count >= kept[room - 1]!.count)
  return {
    takes,
    add(candidate) {
      if (!takes(candidate.count)) return
      let at = kept.length
      while (at > 0 && isBefore(candidate, kept[at - 1]!)) at--
      kept.splice(at, 0, candidate)
      if (kept.length > room) kept.pop()
    },
    best() {
      const byKey = new Map<string, Candidate>()
      for (const candidate of kept) {
        const key = singularOf(candidate.folded)
        if (!byKey.has(key)) byKey.set(key, candidate)
      }
      return [...byKey.values()].slice(0, limit)
    },
  }
}

function isBefore(one: Candidate, other: Candidate): boolean {
  if (one.count !== other.count) return one.count > other.count
  return one.folded < other.folded || (one.folded === other.folded && one.text < other.text)
}
