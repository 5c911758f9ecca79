import type { Facet } from '../../labels/facet.ts'
import { assignedBy, thresholdsOf } from '../../learning/risk/budgets.ts'
import type { LabelCost } from '../../learning/risk/costs.ts'
import {
  type ChosenThreshold,
  type ChosenThresholds,
  DEFAULT_FAILURE_PROBABILITY,
  type LabelThreshold,
} from '../../learning/risk/risk-budget.ts'
import type { ModelDeps } from '../deps.ts'
import { modelErrors } from '../errors.ts'
import { type ModelRegistry, statedBudgets } from './model-registry.ts'

export interface BudgetQuestion {
  readonly facet: string
  /** As if the facet's were this. */
  readonly riskBudget?: number
  /** As if this label had `labelBudget`; one needs the other. */
  readonly label?: string
  readonly labelBudget?: number
}

/** The coverage that risk budgets leave a model, by its held-out predictions. */
export interface BudgetCost {
  readonly facet: string
  readonly modelVersion: number
  /** Probability, at most, that the share of wrong labels exceeds a budget nevertheless. */
  readonly failureProbability: number
  /** Share of posts that are assigned a label, all budgets together. */
  readonly coverage: number
  /** Of all labels but those with a bound of their own. */
  readonly budget: ChosenThreshold
  /** Labels under the facet's budget that may cost more than an ordinary mistake, where others may not. */
  readonly dear?: ChosenThresholds['dear']
  /** Labels with a budget of their own, by name. */
  readonly labels: readonly (LabelThreshold & { readonly label: string })[]
  /** Costs that the model decides by; absent where all mistakes cost the same. Budgets then bound the mean cost. */
  readonly costs?: readonly LabelCost[] | undefined
  readonly sentence: { readonly en: string; readonly fr: string }
}

type Deps = Pick<ModelDeps, 'facets'> & { readonly registry: ModelRegistry }

/**
 * What the stated budgets of a facet cost, or others would, with the model in force; changes nothing.
 *
 * @throws CodedError FACET_NOT_FOUND, LABEL_NOT_FOUND, LABEL_BUDGET_INCOMPLETE, NO_ACTIVE_MODEL
 */
export async function budgetCost(deps: Deps, asked: BudgetQuestion): Promise<BudgetCost> {
  const facet = await deps.facets.require(asked.facet)
  const model = (await deps.registry.active()).find(({ facetId }) => facetId === facet.id)
  if (model === undefined) throw modelErrors.NO_ACTIVE_MODEL({ facet: facet.name })
  const labels = await labelBudgets(deps, facet, asked)
  const budgets = statedBudgets(asked.riskBudget ?? facet.riskBudget, labels)
  const chosen = thresholdsOf(model.classifier, budgets)
  const own = Object.entries(chosen.labels).map(([label, threshold]) => ({ label, ...threshold }))
  const { cases, assigned } = assignedBy(chosen)
  const coverage = cases > 0 ? assigned / cases : 0
  return {
    facet: facet.name,
    modelVersion: model.version,
    failureProbability: DEFAULT_FAILURE_PROBABILITY,
    coverage,
    budget: chosen.facet,
    dear: chosen.dear,
    labels: own,
    costs: model.classifier.model.costs,
    sentence: sentenceOf(chosen.facet.budget, coverage, model.classifier.model.costs !== undefined),
  }
}

async function labelBudgets(deps: Deps, facet: Facet, { label, labelBudget }: BudgetQuestion) {
  const stated = (await deps.facets.labelBudgets()).get(facet.id) ?? {}
  if (label === undefined && labelBudget === undefined) return stated
  if (label === undefined || labelBudget === undefined) throw modelErrors.LABEL_BUDGET_INCOMPLETE()
  const { name } = await deps.facets.requireLabel(facet, label)
  return { ...stated, [name]: labelBudget }
}

function sentenceOf(budget: number, coverage: number, inCost: boolean): BudgetCost['sentence'] {
  const english = (share: number) => `${Number((100 * share).toFixed(1))}%`
  const french = (share: number) => english(share).replace('.', ',').replace('%', '\u00a0%')
  if (inCost)
    return {
      en: `With a mean cost of at most ${english(budget)} of an ordinary mistake for each assigned label, ${english(coverage)} of posts are assigned a label; people decide on the others.`,
      fr: `Avec un coût moyen d’au plus ${french(budget)} d’une erreur ordinaire par étiquette attribuée, ${french(coverage)} des messages reçoivent une étiquette\u202f; l’équipe décide des autres.`,
    }
  return {
    en: `With at most ${english(budget)} wrong among assigned labels, ${english(coverage)} of posts are assigned a label; people decide on the others.`,
    fr: `Avec au plus ${french(budget)} d’erreurs parmi les étiquettes attribuées, ${french(coverage)} des messages reçoivent une étiquette\u202f; l’équipe décide des autres.`,
  }
}
