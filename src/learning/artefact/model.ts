import type { NgramOptions } from '../../text/terms/ngrams.ts'
import { ABSTAIN_ALWAYS, TEMPERATURE_BOUNDS, type Warming } from '../calibration/calibration.ts'
import type { NoveltyScale } from '../calibration/novelty.ts'
import { LearningError } from '../errors.ts'
import type { Vocabulary } from '../features/vectorizer.ts'
import type { Network } from '../network/network.ts'
import { areCosts, type LabelCost } from '../risk/costs.ts'
import type { RiskBudgets } from '../risk/risk-budget.ts'
import type { FitSettings } from '../training/fit-corpus.ts'
import { areValid, type StoredHeldOutPredictions } from '../training/held-out-predictions.ts'

/** Figures of the held-out predictions of a classifier. */
export interface HeldOutSummary {
  /** Rows predicted. */
  readonly n: number
  readonly accuracy: number
  /** Share of rows at or above their thresholds. */
  readonly coverage: number
  /** Share of wrong labels among those. */
  readonly wrongAmongAssigned: number
  /** Their mean cost; present where costs are stated. */
  readonly meanCost?: number
  /** Expected calibration error after the temperature. */
  readonly ece: number
}

/** All parameters of a trained classifier; plain values, equal for equal inputs. */
export interface ClassifierModel extends Network {
  /** In code unit order; a class is a position in it. */
  readonly labels: readonly string[]
  readonly ngrams: NgramOptions
  readonly vocabulary: Vocabulary
  readonly temperature: number
  readonly warming: Warming
  /** Least confidence or, where costs are stated, least score at which a label is assigned. */
  readonly threshold: number
  /** Thresholds of labels with a risk budget of their own, or with mistakes dearer than those of other labels. */
  readonly labelThresholds: Readonly<Record<string, number>>
  /** The risk budgets that the thresholds keep. */
  readonly budgets: RiskBudgets
  /** Costs other than the ordinary one, see `costsAmong`; absent where all mistakes cost the same. */
  readonly costs?: readonly LabelCost[] | undefined
  /** The predictions that they were chosen on; at least one row. */
  readonly heldOut: StoredHeldOutPredictions
  /** Decides which texts are unlike the training texts. */
  readonly novelty: NoveltyScale
  readonly seed: number
  readonly examples: number
  /** The last fit from the beginning: its number of examples, and how often the model was fitted further since. */
  readonly fullFit: { readonly examples: number; readonly refits: number }
  readonly settings: FitSettings
  readonly heldOutSummary: HeldOutSummary
}

const figures = ['n', 'accuracy', 'coverage', 'wrongAmongAssigned', 'ece'] as const

/** @throws LearningError `ARTEFACT_CORRUPT` where the parts of a model do not fit together */
export function checkModel(model: ClassifierModel): ClassifierModel {
  const classes = model.labels.length
  const columns = model.vocabulary.hashes.length
  const { hidden } = model
  const isValid =
    classes >= 2 &&
    new Set(model.labels).size === classes &&
    model.labels.every((label) => typeof label === 'string') &&
    model.vocabulary.idf.length === columns &&
    model.weights.length === columns * classes &&
    model.bias.length === classes &&
    hidden.units > 0 &&
    hidden.units === model.settings?.groups * model.settings.groupUnits &&
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
    (model.costs === undefined || areCostsOf(model.costs, model.labels)) &&
    areValid(model.heldOut, classes) &&
    isNoveltyScale(model.novelty) &&
    figures.every((name) => Number.isFinite(model.heldOutSummary?.[name])) &&
    allFinite(model.weights) &&
    allFinite(model.bias) &&
    allFinite(hidden.weights) &&
    allFinite(hidden.bias) &&
    allFinite(hidden.output) &&
    allFinite(model.vocabulary.idf)
  if (!isValid) throw new LearningError('ARTEFACT_CORRUPT', 'the parts of the classifier do not match')
  return model
}

function isThreshold(value: number): boolean {
  return value >= 0 && value <= ABSTAIN_ALWAYS && typeof value === 'number'
}

function areBudgets({ facet, labels = {} }: RiskBudgets): boolean {
  return [facet.budget, facet.failureProbability, ...Object.values(labels)].every(Number.isFinite)
}

function areCostsOf(costs: readonly LabelCost[], labels: readonly string[]): boolean {
  const known = new Set(labels)
  return (
    Array.isArray(costs) &&
    costs.length > 0 &&
    areCosts(costs) &&
    costs.every(({ truth, given }) => known.has(truth) && known.has(given))
  )
}

function isNoveltyScale({ evidence, offset, perEvidence, perKnown, limit = 0 }: NoveltyScale): boolean {
  const isKnown = evidence === 'energy' || evidence === 'linear'
  return isKnown && [offset, perEvidence, perKnown, limit].every(Number.isFinite)
}

/** A loop, because millions of callback calls would slow the loading of a model. */
function allFinite(values: Float32Array): boolean {
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at]!)) return false
  return true
}
