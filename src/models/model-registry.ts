import { createFacetStore } from '../labels/index.ts'
import { type Classifier, LearningError, loadClassifier } from '../learning/index.ts'
import type { Database } from '../platform/index.ts'
import { systemClock } from '../platform/index.ts'
import { createArtefactStore } from './artefact-store.ts'
import { budgetedClassifier, budgetsKey, statedBudgets } from './budgeted-classifier.ts'
import { modelErrors } from './errors.ts'
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
export function createModelRegistry(db: Database): ModelRegistry {
  const versions = createVersionStore(db, systemClock)
  const facets = createFacetStore(db, systemClock)
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
