import type { Actor } from '../access/index.ts'
import type { Annotation } from './annotation.ts'
import type { LabelDeps } from './deps.ts'
import { giveVerdict } from './give-verdict.ts'

export interface Correction {
  readonly threadId: string
  readonly facet: string
  readonly label: string
  /** Given without having seen a prediction. */
  readonly blind?: boolean
  readonly note?: string
  readonly actor: Actor
}

/**
 * Records a person's verdict on one facet of a thread; the same label again is a confirmation. Whoever cares hears
 * of it through the outbox.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, FACET_NOT_FOUND, LABEL_NOT_FOUND
 */
export function correctLabel(deps: LabelDeps, correction: Correction): Promise<Annotation> {
  return giveVerdict(deps, { ...correction, provenance: 'agent' }, { action: 'label.corrected' })
}
