import { MESSAGE_KIND } from '../../labels/message-kind.ts'
import type { Prediction } from '../predictions/prediction.ts'

/**
 * A facet that comes with starter examples is right about posts like those examples, which says little about a
 * community that nobody has measured. What its model assigns is a suggestion, source by source and label by label,
 * until an audit of the source shows that the label keeps its risk budget there.
 */
const MEASURED_FACETS: readonly string[] = [MESSAGE_KIND]

/** Whether the labels of a facet act only where they were measured. */
export function actsOnlyWhereMeasured(facet: string): boolean {
  return MEASURED_FACETS.includes(facet)
}

/** Threads of a source that must be audited before any label acts there. */
export const AUDITED_NEEDED = 60

/** How a model does on the audited threads of a source: of all of them, and of those to which it assigned a label. */
export interface Tally {
  /** Threads drawn at random and labelled blind that the model could not have learned from. */
  readonly audited: number
  /** Of those, the ones to which the model assigned this label. */
  readonly assigned: number
  /** Of those, the ones to which agents gave the same label. */
  readonly right: number
}

/** Whether a label acts on a source, and what that rests on. */
export interface Measurement extends Tally {
  readonly facet: string
  readonly label: string
  readonly source: string
  /** Largest share of wrong ones among those assigned the label. */
  readonly budget: number
  readonly acts: boolean
}

/**
 * Fewest threads assigned a label that can show that it keeps its budget: as many as allow one error. A budget of 10 %
 * needs 10.
 */
export function fewestAssigned(budget: number): number {
  return budget > 0 ? Math.ceil(1 / budget - 1e-9) : Number.POSITIVE_INFINITY
}

/**
 * Whether an audit shows that a label is right within its budget.
 *
 * @param lost what the wrong ones cost together, in ordinary mistakes
 */
export function keepsBudget(
  { audited, assigned, right }: Tally,
  budget: number,
  lost = assigned - right,
): boolean {
  return audited >= AUDITED_NEEDED && assigned >= fewestAssigned(budget) && lost <= budget * assigned + 1e-9
}

/** Measurements by source, of any facets. */
export interface Measurements {
  find(facet: string, label: string, source: string): Measurement | undefined
  /** Audited threads of a source on a facet, whatever the label. */
  audited(facet: string, source: string): number
  /** The labels of a facet that act on a source. */
  acting(facet: string, source: string): readonly string[]
}

/** The decision on a prediction: `suggested` where the model would assign the label, but it does not act there. */
export type ActedDecision = 'assigned' | 'suggested' | 'abstained'

/** A prediction as it may be acted on. */
export type Acted<P> = Omit<P, 'decision'> & {
  readonly decision: ActedDecision
  /** The labels that act on the source; absent where all do. */
  readonly actingLabels?: readonly string[]
}

/**
 * The prediction for a post of a source, as it may be acted on there. Where labels act only once they are measured, no
 * label that does not act is assigned or provisional, and rules learn nothing of its probability.
 */
export function actedOn<P extends Pick<Prediction, 'facet' | 'label' | 'decision' | 'provisional'>>(
  prediction: P,
  source: string | undefined,
  measurements: Measurements,
): Acted<P> {
  const { facet, label, decision } = prediction
  if (!actsOnlyWhereMeasured(facet)) return prediction
  const actingLabels = source === undefined ? [] : measurements.acting(facet, source)
  if (actingLabels.includes(label)) return { ...prediction, actingLabels }
  return {
    ...prediction,
    decision: decision === 'assigned' ? 'suggested' : decision,
    provisional: undefined,
    actingLabels,
  }
}
