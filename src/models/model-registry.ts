import { type Classifier, LearningError, loadClassifier } from '../learning/index.ts'
import type { Database } from '../platform/index.ts'
import { systemClock } from '../platform/index.ts'
import { createArtefactStore } from './artefact-store.ts'
import { modelErrors } from './errors.ts'
import { createVersionStore } from './version-store.ts'

/** The model that predicts a facet now. */
export interface ActiveModel {
  readonly facet: string
  readonly facetId: string
  readonly versionId: string
  readonly version: number
  readonly classifier: Classifier
}

export interface ModelRegistry {
  /**
   * The active models by facet name. Asks the database which they are (one small query), so that every process
   * follows an activation at once; a model is loaded when it is first met.
   *
   * @throws CodedError ARTEFACT_CORRUPT
   */
  active(): Promise<ActiveModel[]>
}

/** This process's loaded models. */
export function createModelRegistry(db: Database): ModelRegistry {
  const versions = createVersionStore(db, systemClock)
  const artefacts = createArtefactStore(db)
  const loaded = new Map<string, Promise<Classifier>>()

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
      for (const hash of loaded.keys())
        if (!rows.some((row) => row.artefactHash === hash)) loaded.delete(hash)
      return Promise.all(
        rows.map(async ({ artefactHash, ...row }) => ({
          ...row,
          classifier: await classifierOf(artefactHash),
        })),
      )
    },
  }
}
