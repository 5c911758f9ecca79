import type { Audience } from '../../access/audience.ts'
import type { Label } from '../facet.ts'
import type { Guideline, GuidelineStore } from './guideline-store.ts'

/** A label as labellers see it. */
export interface GuidedLabel extends Omit<Label, 'id' | 'facetId'> {
  readonly guidelines: Guideline[]
}

/** Labels with the guidelines that a reader may see. */
export async function guideLabels(
  { guidelines }: { readonly guidelines: Pick<GuidelineStore, 'of'> },
  labels: readonly Label[],
  reader: Audience,
): Promise<GuidedLabel[]> {
  const known = await guidelines.of(
    labels.map(({ id }) => id),
    reader,
  )
  return labels.map(({ id, facetId: _, ...label }) => ({ ...label, guidelines: known.get(id) ?? [] }))
}
