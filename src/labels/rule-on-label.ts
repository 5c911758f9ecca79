import type { Actor } from '../access/index.ts'
import type { Annotation } from './annotation.ts'
import type { DisagreementDeps } from './deps.ts'
import { giveVerdict } from './give-verdict.ts'

export interface Ruling {
  readonly threadId: string
  readonly facet: string
  readonly label: string
  readonly note?: string
  /** What labellers are to know of the label from now on. */
  readonly guideline?: string
  readonly actor: Actor
}

/**
 * Decides a facet of a thread: a ruling outranks every vote until it is revoked. With a guideline its words are seen by
 * whoever labels, with the thread as their example.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, FACET_NOT_FOUND, LABEL_NOT_FOUND
 */
export function ruleOnLabel(
  deps: DisagreementDeps,
  { guideline: words, ...ruling }: Ruling,
): Promise<Annotation> {
  const guideline = words?.trim() || undefined
  const alongside = async (labelId: string, annotationId: string) => {
    if (guideline !== undefined) await deps.guidelines.attach(labelId, guideline, annotationId)
    return { guideline }
  }
  return giveVerdict(deps, { ...ruling, provenance: 'ruling' }, { action: 'label.ruled', alongside })
}
