import type { FacetStore } from '../../labels/facet-store.ts'
import { loadClassifier } from '../../learning/artefact/artefact.ts'
import type { Classifier } from '../../learning/classifier.ts'
import { LearningError } from '../../learning/errors.ts'
import { withBudgets } from '../../learning/risk/budgets.ts'
import { DEFAULT_FAILURE_PROBABILITY, type RiskBudgets } from '../../learning/risk/risk-budget.ts'
import { systemClock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { modelErrors } from '../errors.ts'
import { createArtefactStore } from './artefact-store.ts'
import { createVersionStore } from './version-store.ts'

/** The model that predicts a facet now. */
export interface ActiveModel {
  readonly facet: string
  readonly facetId: string
  readonly versionId: string
  readonly version: number
  /** Under the risk budgets stated now. */
  readonly classifier: Classifier
  /** Equal for equal budgets. */
  readonly budgets: string
}

export interface ModelRegistry {
  /**
   * The active models by facet name, under the budgets in force. Asks the database which they are (two small queries),
   * so that every process follows an activation or a changed budget at once; a model is loaded when it is first met.
   *
   * @throws CodedError ARTEFACT_CORRUPT
   */
  active(): Promise<ActiveModel[]>
}

/** This process's loaded models. */
export function createModelRegistry(db: Database, facets: Pick<FacetStore, 'labelBudgets'>): ModelRegistry {
  const versions = createVersionStore(db, systemClock)
  const artefacts = createArtefactStore(db)
  const loaded = new Map<string, Promise<Classifier>>()
  /** The last one asked for of each version. */
  const budgeted = new Map<string, { readonly budgets: string; readonly classifier: Classifier }>()

  async function load(hash: string): Promise<Classifier> {
    const files = await artefacts.read(hash)
    try {
      return loadClassifier(files)
    } catch (error) {
      if (!(error instanceof LearningError)) throw error
      throw modelErrors.ARTEFACT_CORRUPT({ hash, reason: error.message }, { cause: error })
    }
  }

  function classifierOf(hash: string): Promise<Classifier> {
    const known = loaded.get(hash)
    if (known !== undefined) return known
    const loading = load(hash)
    loaded.set(hash, loading)
    loading.catch(() => loaded.delete(hash))
    return loading
  }

  return {
    async active() {
      const rows = await versions.allActive()
      const labelBudgets = await facets.labelBudgets()
      for (const hash of loaded.keys())
        if (!rows.some((row) => row.artefactHash === hash)) loaded.delete(hash)
      for (const versionId of budgeted.keys())
        if (!rows.some((row) => row.versionId === versionId)) budgeted.delete(versionId)
      return Promise.all(
        rows.map(async ({ artefactHash, riskBudget, ...row }) => {
          const stated = statedBudgets(riskBudget, labelBudgets.get(row.facetId))
          const budgets = budgetsKey(stated)
          const known = budgeted.get(row.versionId)
          if (known?.budgets === budgets) return { ...row, ...known }
          const made = { budgets, classifier: budgetedClassifier(await classifierOf(artefactHash), stated) }
          budgeted.set(row.versionId, made)
          return { ...row, ...made }
        }),
      )
    },
  }
}

/** The budgets as people state them now, for the thresholds of a classifier. */
export function statedBudgets(
  riskBudget: number,
  labelBudgets: Readonly<Record<string, number>> = {},
): RiskBudgets {
  return {
    facet: { budget: riskBudget, failureProbability: DEFAULT_FAILURE_PROBABILITY },
    labels: labelBudgets,
  }
}

/** Equal for equal budgets: what a prediction was decided under. */
function budgetsKey({ facet, labels = {} }: RiskBudgets): string {
  return JSON.stringify([facet.budget, facet.failureProbability, Object.entries(labels).sort()])
}

/** A classifier under the budgets stated now. */
function budgetedClassifier(classifier: Classifier, budgets: RiskBudgets): Classifier {
  const isAsTrained = budgetsKey(classifier.model.budgets) === budgetsKey(budgets)
  return isAsTrained ? classifier : withBudgets(classifier, budgets)
}

/** For the metrics page: which version answers, a facet. */
export function activeModelMetric(registry: ModelRegistry) {
  return {
    name: 'entraide_active_model_version',
    help: 'Number of the active model version',
    labels: ['facet'],
    async read() {
      const active = await registry.active()
      return active.map(({ facet, version }) => ({ labels: { facet }, value: version }))
    },
  }
}
