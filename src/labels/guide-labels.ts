import type { Audience } from '../access/index.ts'
import type { Label } from './facet.ts'
import type { Guideline, GuidelineStore } from './guideline-store.ts'

/** A label as labellers see it. */
export interface GuidedLabel extends Pick<Label, 'name' | 'description'> {
  readonly guidelines: Guideline[]
}

/** Labels with what rulings taught about them, as far as a reader may see it. */
export async function guideLabels(
  { guidelines }: { readonly guidelines: Pick<GuidelineStore, 'of'> },
  labels: readonly Label[],
  reader: Audience,
): Promise<GuidedLabel[]> {
  const known = await guidelines.of(
    labels.map(({ id }) => id),
    reader,
  )
  return labels.map(({ id, name, description }) => ({ name, description, guidelines: known.get(id) ?? [] }))
}
