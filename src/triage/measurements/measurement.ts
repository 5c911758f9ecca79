import { MESSAGE_KIND } from '../../labels/message-kind.ts'
import { wilsonInterval } from '../../learning/statistics/proportions.ts'
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

/** What is told of a prediction whose label acts only where it was measured. */
export interface Measured {
  /** Absent for a post that names no source. */
  readonly source?: string
  readonly acts: boolean
  readonly audited: number
  readonly needed: number
  readonly assigned: number
  readonly right: number
  /** Share of right ones among those assigned, and its 95 % interval; absent where none was assigned. */
  readonly precision?: { readonly share: number; readonly interval: readonly [low: number, high: number] }
  /** The same in a sentence. */
  readonly sentence: { readonly en: string; readonly fr: string }
}

/** Measurements by source, of any facets. */
export interface Measurements {
  find(facet: string, label: string, source: string): Measurement | undefined
  /** Audited threads of a source on a facet, whatever the label. */
  audited(facet: string, source: string): number
}

/** The decision on a prediction: `suggested` where the model would assign the label, but it does not act there. */
export type ActedDecision = 'assigned' | 'suggested' | 'abstained'

/** A prediction as it may be acted on. */
export type Acted<P> = Omit<P, 'decision'> & {
  readonly decision: ActedDecision
  /** Absent for facets whose labels act everywhere. */
  readonly measured?: Measured
}

/**
 * The prediction for a post of a source, as it may be acted on there: rules do not see the probabilities of labels that do
 * not act.
 */
export function actedOn<P extends Pick<Prediction, 'facet' | 'label' | 'decision' | 'probabilities'>>(
  prediction: P,
  source: string | undefined,
  measurements: Measurements,
): Acted<P> {
  if (!actsOnlyWhereMeasured(prediction.facet)) return prediction
  const measured = measuredOf(prediction, source, measurements)
  const decision = prediction.decision === 'assigned' && !measured.acts ? 'suggested' : prediction.decision
  const acting = ([label]: readonly [string, number]) =>
    source !== undefined && measurements.find(prediction.facet, label, source)?.acts === true
  const probabilities =
    prediction.probabilities && Object.fromEntries(Object.entries(prediction.probabilities).filter(acting))
  return { ...prediction, decision, measured, probabilities }
}

/** What is told of a label on a source. */
export function measuredOf(
  { facet, label }: Pick<Prediction, 'facet' | 'label'>,
  source: string | undefined,
  measurements: Measurements,
): Measured {
  const found = source === undefined ? undefined : measurements.find(facet, label, source)
  const audited = source === undefined ? 0 : measurements.audited(facet, source)
  const { assigned = 0, right = 0, acts = false } = found ?? {}
  const tally = { audited, assigned, right }
  const share = right / assigned
  return {
    source,
    acts,
    ...tally,
    needed: AUDITED_NEEDED,
    precision: assigned > 0 ? { share, interval: wilsonInterval(share, assigned) } : undefined,
    sentence: source === undefined ? NO_SOURCE : describe(tally, found?.budget, acts),
  }
}

const NO_SOURCE: Measured['sentence'] = {
  en: 'suggested; the post names no source, and this label acts only where it was measured',
  fr: 'suggéré\u202f; le message ne nomme pas de source, et cette étiquette n’agit que là où elle a été mesurée',
}

const NO_BUDGET: Measured['sentence'] = {
  en: 'suggested; a risk budget of 0% lets this label act nowhere',
  fr: 'suggéré\u202f; un budget de risque de 0\u00a0% ne laisse cette étiquette agir nulle part',
}

function describe({ audited, assigned, right }: Tally, budget: number | undefined, acts: boolean) {
  const needed = AUDITED_NEEDED
  if (audited < needed || budget === undefined)
    return {
      en: `suggested; not measured on this source: ${audited} of ${needed} audited`,
      fr: `suggéré\u202f; pas mesuré sur cette source\u00a0: ${audited} audités sur ${needed}`,
    }
  const fewest = fewestAssigned(budget)
  if (!Number.isFinite(fewest)) return NO_BUDGET
  if (assigned < fewest)
    return {
      en: `suggested; not measured on this source: ${audited} audited, but the model gave this label to ${assigned} of them, and ${fewest} are needed`,
      fr: `suggéré\u202f; pas mesuré sur cette source\u00a0: ${audited} audités, mais le modèle n’a donné cette étiquette qu’à ${assigned} d’entre eux, il en faut ${fewest}`,
    }
  const share = percent(right / assigned)
  const [low, high] = wilsonInterval(right / assigned, assigned).map(percent)
  // Right often enough, but a mistake costs more than an ordinary one.
  if (!acts && keepsBudget({ audited, assigned, right }, budget))
    return {
      en: `suggested; its mistakes on this source cost more than the risk budget allows: ${right} of ${assigned} right (${share}%)`,
      fr: `suggéré\u202f; sur cette source, ses erreurs coûtent plus que ne le permet le budget de risque\u00a0: ${right} justes sur ${assigned} (${share}\u00a0%)`,
    }
  if (!acts)
    return {
      en: `suggested; wrong too often on this source: ${right} of ${assigned} right (${share}%; at least ${percent(1 - budget)}% needed)`,
      fr: `suggéré\u202f; trop souvent faux sur cette source\u00a0: ${right} justes sur ${assigned} (${share}\u00a0%\u202f; il faut au moins ${percent(1 - budget)}\u00a0%)`,
    }
  return {
    en: `acts; measured on this source: ${right} of ${assigned} right (${share}%; 95% interval ${low}–${high}%), ${audited} audited`,
    fr: `agit\u202f; mesuré sur cette source\u00a0: ${right} justes sur ${assigned} (${share}\u00a0%\u202f; intervalle à 95\u00a0%\u00a0: de ${low} à ${high}\u00a0%), ${audited} audités`,
  }
}

function percent(share: number): number {
  return Math.round(100 * share)
}
