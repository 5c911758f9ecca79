import type { FacetStore } from '../../labels/facet-store.ts'
import { loadClassifier } from '../../learning/artefact/artefact.ts'
import type { Classifier } from '../../learning/classifier.ts'
import { LearningError } from '../../learning/errors.ts'
import { withBudgets } from '../../learning/risk/budgets.ts'
import { type EstimateError, provisionalErrors } from '../../learning/risk/provisional.ts'
import { DEFAULT_FAILURE_PROBABILITY, type RiskBudgets } from '../../learning/risk/risk-budget.ts'
import { type Clock, systemClock } from '../../platform/clock.ts'
import { type Counters, keepUntilChanged } from '../../platform/database/change-counters.ts'
import type { Database } from '../../platform/database/database.ts'
import { CodedError } from '../../platform/errors.ts'
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
  /** Equal for equal budgets, and where provisional errors are estimated. */
  readonly budgets: string
  /** Estimates errors of labels that a budget lets it never assign, because it cannot be shown to be kept. */
  readonly provisional?: EstimateError
}

/** An active version whose artefact cannot be read: its facet has no predictions until another version takes over. */
export interface UnreadableModel {
  readonly facet: string
  readonly version: number
  readonly reason: string
}

export interface ModelRegistry {
  /**
   * The active models by facet name, under the budgets in force. Kept until the database counts a change of either, so
   * that every process follows an activation or a changed budget at once; a model is loaded when it is first met.
   * A version whose artefact cannot be read is left out, reported to the log, and tried again a minute later: the other
   * facets go on.
   *
   * @param counters read when the question was asked; read now if absent
   */
  active(counters?: Counters): Promise<ActiveModel[]>
  /** The active versions that the last call of {@link active} left out. */
  unreadable(): readonly UnreadableModel[]

  /** The model of any version, as it was trained. @throws CodedError ARTEFACT_CORRUPT */
  modelOf(version: { readonly artefactHash: string }): Promise<Classifier>
}

interface RegistryOptions {
  readonly clock?: Clock
  readonly log?: { error(details: object, message: string): void }
}

/** An artefact may be megabytes: it is not read again for every request while it cannot be read. */
const RETRY_UNREADABLE_MS = 60_000

/** This process's loaded models. */
export function createModelRegistry(
  db: Database,
  facets: Pick<FacetStore, 'labelBudgets'>,
  { clock = systemClock, log }: RegistryOptions = {},
): ModelRegistry {
  const versions = createVersionStore(db, clock)
  const artefacts = createArtefactStore(db)
  const loaded = new Map<string, Promise<Classifier>>()
  /** By hash: why an artefact could not be read, and when. */
  const failed = new Map<string, { readonly error: CodedError; readonly at: number }>()
  let unreadable: readonly UnreadableModel[] = []
  /** The last one asked for of each version. */
  const budgeted = new Map<string, BudgetedModel & { readonly stated: string }>()

  async function load(hash: string): Promise<Classifier> {
    const files = await artefacts.read(hash)
    try {
      return loadClassifier(files)
    } catch (error) {
      const reason = error instanceof LearningError ? error.message : 'it does not have the form of a model'
      throw modelErrors.ARTEFACT_CORRUPT({ hash, reason }, { cause: error })
    }
  }

  /** @throws CodedError ARTEFACT_CORRUPT */
  async function readableClassifier(hash: string): Promise<Classifier> {
    const known = failed.get(hash)
    if (known !== undefined && Math.abs(clock.now().getTime() - known.at) < RETRY_UNREADABLE_MS)
      throw known.error
    try {
      const classifier = await classifierOf(hash)
      failed.delete(hash)
      return classifier
    } catch (error) {
      if (!isCorrupt(error)) throw error
      failed.set(hash, { error, at: clock.now().getTime() })
      log?.error({ err: error, artefact: hash }, 'the active model of a facet cannot be read')
      throw error
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

  async function readActive(): Promise<ActiveModel[]> {
    const rows = await versions.allActive()
    const labelBudgets = await facets.labelBudgets()
    for (const hash of loaded.keys()) if (!rows.some((row) => row.artefactHash === hash)) loaded.delete(hash)
    for (const hash of failed.keys()) if (!rows.some((row) => row.artefactHash === hash)) failed.delete(hash)
    for (const versionId of budgeted.keys())
      if (!rows.some((row) => row.versionId === versionId)) budgeted.delete(versionId)
    const leftOut: UnreadableModel[] = []
    const models = await Promise.all(
      rows.map(async ({ artefactHash, riskBudget, ...row }) => {
        const stated = statedBudgets(riskBudget, labelBudgets.get(row.facetId))
        const key = budgetsKey(stated)
        const known = budgeted.get(row.versionId)
        try {
          const made =
            known?.stated === key ? known : budgetedModel(await readableClassifier(artefactHash), stated)
          budgeted.set(row.versionId, { ...made, stated: key })
          const { budgets, classifier, provisional } = made
          return { ...row, budgets, classifier, provisional }
        } catch (error) {
          if (!isCorrupt(error)) throw error
          leftOut.push({ facet: row.facet, version: row.version, reason: error.message })
          return undefined
        }
      }),
    )
    unreadable = leftOut
    return models.filter((model) => model !== undefined)
  }

  const keep = () => keepUntilChanged(db, ['models', 'budgets'], readActive)
  let kept = keep()
  return {
    async active(counters) {
      if (unreadable.length === 0) return kept.current(counters)
      // What was kept lacks a facet, and no counter tells when that can be read again.
      kept = keep()
      return readActive()
    },
    unreadable: () => unreadable,
    modelOf: ({ artefactHash }) => loaded.get(artefactHash) ?? load(artefactHash),
  }
}

function isCorrupt(error: unknown): error is CodedError {
  return error instanceof CodedError && error.code === 'ARTEFACT_CORRUPT'
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

type BudgetedModel = Pick<ActiveModel, 'budgets' | 'classifier' | 'provisional'>

/** A classifier under the budgets stated now. */
function budgetedModel(asTrained: Classifier, stated: RiskBudgets): BudgetedModel {
  const key = budgetsKey(stated)
  const classifier = budgetsKey(asTrained.model.budgets) === key ? asTrained : withBudgets(asTrained, stated)
  const provisional = provisionalErrors(classifier)
  // Predictions that were stored before provisional errors were estimated are made again.
  return { budgets: provisional === undefined ? key : `${key} provisional`, classifier, provisional }
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

/** For the metrics page: which facets have no predictions because their active version cannot be read. */
export function unreadableModelMetric(registry: ModelRegistry) {
  return {
    name: 'entraide_unreadable_model_version',
    help: 'Number of the active model version whose artefact cannot be read',
    labels: ['facet'],
    async read() {
      await registry.active()
      return registry.unreadable().map(({ facet, version }) => ({ labels: { facet }, value: version }))
    },
  }
}
