import type { LabelConfidence } from '../../learning/classifier.ts'
import type { Candidate } from './candidate-store.ts'

/**
 * Why a thread is shown: it was misrouted; it was drawn by lot, to be labelled blind or blind once more; the model
 * hesitates between two labels, is unsure at all, or never saw the like; it may be of a label with few examples; it
 * stands for others that no one was asked about; or chance, as wished.
 */
export const WHYS = [
  'misroute',
  'audit',
  'second-opinion',
  'close-labels',
  'uncertain',
  'unlike',
  'rare-label',
  'spread',
  'random',
] as const
export type Why = (typeof WHYS)[number]

/** Drawn by lot, whatever the model thinks: labelled without seeing a prediction. */
export const DRAWN: readonly Why[] = ['audit', 'second-opinion']

export interface Chosen {
  readonly threadId: string
  readonly why: Why
}

/** The lead of one label over another up to which they are close, and what both must have between them. */
const CLOSE = { lead: 0.15, together: 0.5 }
/** A label is rare with fewer examples than this share of the mean. */
const RARE = 0.25

/** Why a thread was chosen for what the model thinks of it: what the model says itself where it abstained. */
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

/** Tells labels with few examples from the others. */
export function rareAmong(examples: ReadonlyMap<string, number>): (label: string) => boolean {
  const counts = [...examples.values()]
  const mean = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length)
  return (label) => (examples.get(label) ?? 0) < mean * RARE
}

/**
 * The same in a sentence.
 *
 * @param alternatives what the model thinks of it now; ignored where the verdict is given blind
 */
export function explainWhy(why: Why, alternatives: readonly LabelConfidence[] = []): string {
  const [first, second] = alternatives
  switch (why) {
    case 'misroute':
      return 'Reported as routed to the wrong place.'
    case 'audit':
      return 'Drawn at random for the audit. Label it without seeing the prediction.'
    case 'second-opinion':
      return 'Already labelled by another agent. Give your own label without seeing theirs or the prediction.'
    case 'spread':
      return 'Typical of threads that nobody has labelled yet.'
    case 'random':
      return 'Drawn at random.'
    case 'rare-label':
      return first === undefined
        ? 'It may have a label with few examples.'
        : `It may have the label ${first.label}, which has few examples.`
    case 'close-labels':
      return first === undefined || second === undefined
        ? 'The model cannot decide between two labels.'
        : `The model cannot decide between ${said(first)} and ${said(second)}.`
    case 'unlike':
      return 'It is unlike anything in the training data.'
    case 'uncertain':
      return first === undefined
        ? 'The model is uncertain.'
        : `The most uncertain prediction among the remaining threads: ${said(first)}.`
  }
}

function said({ label, confidence }: LabelConfidence): string {
  return `${label} (${Math.round(confidence * 100)}%)`
}
