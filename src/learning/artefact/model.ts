import type { NgramOptions } from '../../text/terms/ngrams.ts'
import { ABSTAIN_ALWAYS, TEMPERATURE_BOUNDS, type Warming } from '../calibration/calibration.ts'
import type { Familiarity } from '../calibration/novelty.ts'
import { LearningError } from '../errors.ts'
import type { Vocabulary } from '../features/vectorizer.ts'
import type { Network } from '../network/network.ts'
import type { RiskBudgets } from '../risk/risk-budget.ts'
import type { FitSettings } from '../training/fit-settings.ts'
import { areSound, type HeldOutRows } from '../training/held-out.ts'

/** How well a classifier did on rows that the model predicting them had not seen. */
export interface OutOfFoldSummary {
  /** Rows predicted. */
  readonly n: number
  readonly accuracy: number
  /** Share of rows at or above their thresholds. */
  readonly coverage: number
  /** Share of wrong labels among those. */
  readonly wrongAmongAssigned: number
  /** Expected calibration error after the temperature. */
  readonly ece: number
}

/** All that a trained classifier is; plain values, equal for equal inputs. */
export interface ClassifierModel extends Network {
  /** In code unit order; a class is a position in it. */
  readonly labels: readonly string[]
  readonly ngrams: NgramOptions
  readonly vocabulary: Vocabulary
  readonly temperature: number
  readonly warming: Warming
  /** Least confidence at which a label is assigned. */
  readonly threshold: number
  /** The same of labels that have a bound of their own. */
  readonly labelThresholds: Readonly<Record<string, number>>
  /** What the thresholds were chosen to keep. */
  readonly budgets: RiskBudgets
  /** What they were chosen on; at least one row. */
  readonly heldOut: HeldOutRows
  /** Tells texts that are unlike those learned from. */
  readonly familiarity: Familiarity
  readonly seed: number
  readonly examples: number
  /** The last fit that began anew: how many examples it had, and how often it was fitted further since. */
  readonly fullFit: { readonly examples: number; readonly refits: number }
  readonly settings: FitSettings
  readonly outOfFold: OutOfFoldSummary
}

const figures = ['n', 'accuracy', 'coverage', 'wrongAmongAssigned', 'ece'] as const

/** Refuses a model whose parts do not fit together: `ARTEFACT_CORRUPT`. */
export function checkModel(model: ClassifierModel): ClassifierModel {
  const classes = model.labels.length
  const columns = model.vocabulary.hashes.length
  const { hidden } = model
  const sound =
    classes >= 2 &&
    new Set(model.labels).size === classes &&
    model.labels.every((label) => typeof label === 'string') &&
    model.vocabulary.idf.length === columns &&
    model.weights.length === columns * classes &&
    model.bias.length === classes &&
    hidden.units > 0 &&
    hidden.weights.length === columns * hidden.units &&
    hidden.bias.length === hidden.units &&
    hidden.output.length === hidden.units * classes &&
    Number.isSafeInteger(model.fullFit?.examples) &&
    Number.isSafeInteger(model.fullFit.refits) &&
    Number.isSafeInteger(model.seed) &&
    Number.isSafeInteger(model.examples) &&
    Number.isFinite(model.temperature) &&
    model.temperature >= TEMPERATURE_BOUNDS[0] &&
    model.temperature <= TEMPERATURE_BOUNDS[1] &&
    Number.isFinite(model.warming.perEnergy) &&
    Number.isFinite(model.warming.usualEnergy) &&
    isThreshold(model.threshold) &&
    Object.values(model.labelThresholds).every(isThreshold) &&
    Object.keys(model.labelThresholds).every((label) => model.labels.includes(label)) &&
    areBudgets(model.budgets) &&
    areSound(model.heldOut, classes) &&
    isFamiliarity(model.familiarity) &&
    figures.every((name) => Number.isFinite(model.outOfFold?.[name])) &&
    allFinite(model.weights) &&
    allFinite(model.bias) &&
    allFinite(hidden.weights) &&
    allFinite(hidden.bias) &&
    allFinite(hidden.output) &&
    allFinite(model.vocabulary.idf)
  if (!sound) throw new LearningError('ARTEFACT_CORRUPT', 'the parts of the classifier do not match')
  return model
}

function isThreshold(value: number): boolean {
  return value >= 0 && value <= ABSTAIN_ALWAYS && typeof value === 'number'
}

function areBudgets({ facet, labels = {} }: RiskBudgets): boolean {
  return [facet.budget, facet.doubt, ...Object.values(labels)].every(Number.isFinite)
}

function isFamiliarity({ offset, perEnergy, perKnown, limit = 0 }: Familiarity): boolean {
  return [offset, perEnergy, perKnown, limit].every(Number.isFinite)
}

/** A loop, since millions of calls of a callback would show when a model is loaded. */
function allFinite(values: Float32Array): boolean {
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at]!)) return false
  return true
}
