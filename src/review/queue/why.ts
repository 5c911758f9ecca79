import type { Candidate } from './candidate-store.ts'

/**
 * Why a thread is in the queue: it was misrouted; the model would assign it a label that was not measured on its source; it was drawn at random, to be labelled blind for the first or a second
 * time; the model hesitates between two labels, is unsure, or has seen nothing like it; its likeliest label has few
 * examples; an import gave it a label that the model finds unlikely; it represents threads that nobody was asked about; or it was chosen at random because the strategy says so.
 */
export const WHYS = [
  'misroute',
  'suggested',
  'audit',
  'second-opinion',
  'close-labels',
  'uncertain',
  'unlike',
  'rare-label',
  'doubtful-import',
  'spread',
  'random',
] as const
export type Why = (typeof WHYS)[number]

/** Drawn at random, whatever the prediction: labelled without seeing it. */
export const DRAWN: readonly Why[] = ['audit', 'second-opinion']

export interface Chosen {
  readonly threadId: string
  readonly why: Why
}

/** Two labels are close up to this lead of one over the other, if both together have at least this confidence. */
const CLOSE = { lead: 0.15, together: 0.5 }
/** A label is rare if it has fewer examples than this share of the mean. */
const RARE = 0.25

/** Why a thread was chosen by its prediction; where the model abstained, its own reason. */
export function whyUnsure(
  { alternatives, abstained }: Candidate,
  { rare }: { readonly rare: (label: string) => boolean },
): Why {
  const [first, second] = alternatives
  if (first === undefined) return 'spread'
  if (abstained === 'unlike-anything-seen') return 'unlike'
  if (rare(first.label)) return 'rare-label'
  if (abstained === 'two-labels-close') return 'close-labels'
  if (abstained === 'unsure' || second === undefined) return 'uncertain'
  const isClose =
    first.confidence - second.confidence <= CLOSE.lead &&
    first.confidence + second.confidence >= CLOSE.together
  return isClose ? 'close-labels' : 'uncertain'
}

/** Whether a label has few examples. @param examples label name → number */
export function rareAmong(examples: ReadonlyMap<string, number>): (label: string) => boolean {
  const counts = [...examples.values()]
  const mean = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length)
  return (label) => (examples.get(label) ?? 0) < mean * RARE
}
