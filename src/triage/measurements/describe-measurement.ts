import { wilsonInterval } from '../../learning/statistics/proportions.ts'
import type { Sentences } from '../../text/wording.ts'
import type { Prediction } from '../predictions/prediction.ts'
import {
  type Acted,
  AUDITED_NEEDED,
  actedOn,
  actsOnlyWhereMeasured,
  fewestAssigned,
  keepsBudget,
  type Measurements,
  type Tally,
} from './measurement.ts'

/** What answers state of a label that acts only where it was measured. */
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
  readonly sentence: Sentences
}

/** A prediction as answers state it: as it may be acted on, and what that rests on. */
export type Stated<P> = Omit<Acted<P>, 'actingLabels'> & {
  /** Absent for facets whose labels act everywhere. */
  readonly measured?: Measured
}

/** The prediction for a post of a source, as answers state it; routing needs no more than `actedOn`. */
export function statedOn<P extends Pick<Prediction, 'facet' | 'label' | 'decision' | 'provisional'>>(
  prediction: P,
  source: string | undefined,
  measurements: Measurements,
): Stated<P> {
  const { actingLabels: _, ...acted } = actedOn(prediction, source, measurements)
  return {
    ...acted,
    measured: measuredOf(prediction, source, measurements),
  }
}

/** What answers state of a label on a source; undefined for facets whose labels act everywhere. */
export function measuredOf(
  prediction: Pick<Prediction, 'facet' | 'label'>,
  source: string | undefined,
  measurements: Measurements,
): Measured | undefined {
  return actsOnlyWhereMeasured(prediction.facet)
    ? describeMeasurement(prediction, source, measurements)
    : undefined
}

/** What answers state of a label on a source; for a facet whose labels act only where they were measured. */
export function describeMeasurement(
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

const NO_SOURCE: Sentences = {
  en: 'suggested; the post names no source, and this label acts only where it was measured',
  fr: 'suggérée\u202f; le message ne nomme pas de source, et cette étiquette n’agit que là où elle a été mesurée',
}

const NO_BUDGET: Sentences = {
  en: 'suggested; a risk budget of 0% lets this label act nowhere',
  fr: 'suggérée\u202f; un budget de risque de 0\u00a0% ne laisse cette étiquette agir nulle part',
}

function describe({ audited, assigned, right }: Tally, budget: number | undefined, acts: boolean): Sentences {
  const needed = AUDITED_NEEDED
  if (audited < needed || budget === undefined)
    return {
      en: `suggested; not measured on this source: ${audited} of ${needed} audited`,
      fr: `suggérée\u202f; pas mesurée sur cette source\u00a0: ${auditedInFrench(audited)} sur ${needed}`,
    }
  const fewest = fewestAssigned(budget)
  if (!Number.isFinite(fewest)) return NO_BUDGET
  if (assigned < fewest)
    return {
      en: `suggested; not measured on this source: ${audited} audited, but the model gave this label to ${assigned} of them, and ${fewest} are needed`,
      fr: `suggérée\u202f; pas mesurée sur cette source\u00a0: ${auditedInFrench(audited)}, mais le modèle n’a donné cette étiquette qu’à ${assigned} d’entre elles, il en faut ${fewest}`,
    }
  const share = percent(right / assigned)
  const [low, high] = wilsonInterval(right / assigned, assigned).map(percent)
  // Right often enough, but a mistake costs more than an ordinary one.
  if (!acts && keepsBudget({ audited, assigned, right }, budget))
    return {
      en: `suggested; its mistakes on this source cost more than the risk budget allows: ${right} of ${assigned} right (${share}%)`,
      fr: `suggérée\u202f; sur cette source, ses erreurs coûtent plus que ne le permet le budget de risque\u00a0: ${rightInFrench(right)} sur ${assigned} (${share}\u00a0%)`,
    }
  if (!acts)
    return {
      en: `suggested; wrong too often on this source: ${right} of ${assigned} right (${share}%; at least ${percent(1 - budget)}% needed)`,
      fr: `suggérée\u202f; trop souvent fausse sur cette source\u00a0: ${rightInFrench(right)} sur ${assigned} (${share}\u00a0%\u202f; il faut au moins ${percent(1 - budget)}\u00a0%)`,
    }
  return {
    en: `acts; measured on this source: ${right} of ${assigned} right (${share}%; 95% interval ${low}–${high}%), ${audited} audited`,
    fr: `agit\u202f; mesurée sur cette source\u00a0: ${rightInFrench(right)} sur ${assigned} (${share}\u00a0%\u202f; intervalle à 95\u00a0%\u00a0: de ${low} à ${high}\u00a0%), ${auditedInFrench(audited)}`,
  }
}

/** French counts none and one in the singular. */
function auditedInFrench(threads: number): string {
  return threads < 2 ? `${threads} discussion auditée` : `${threads} discussions auditées`
}

function rightInFrench(threads: number): string {
  return threads < 2 ? `${threads} juste` : `${threads} justes`
}

function percent(share: number): number {
  return Math.round(100 * share)
}
