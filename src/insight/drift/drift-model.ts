import type { ActiveModel } from '../../models/registry/model-registry.ts'

/** A model in force, as far as drift looks into it. */
export type DriftModel = Omit<ActiveModel, 'classifier'> & {
  readonly classifier: Pick<ActiveModel['classifier'], 'classify' | 'threshold' | 'labelThresholds'>
}
