/**
 * Where an annotation comes from: an agent, an import, or a ruling by a knowledge manager. A ruling outranks an
 * agent's annotation, which outranks an import's.
 */
export type Provenance = 'ruling' | 'agent' | 'import'

/** The provenances of annotations by people. */
export const BY_PEOPLE: readonly Provenance[] = ['ruling', 'agent']

/** One person's or import's label for one facet of one thread. Append-only, revocable. */
export interface Annotation {
  readonly id: string
  readonly threadId: string
  readonly facet: string
  readonly facetId: string
  readonly label: string
  readonly labelId: string
  readonly provenance: Provenance
  /** Made without seeing the prediction. */
  readonly blind: boolean
  readonly actor: { readonly id: string; readonly name: string }
  readonly note?: string
  readonly createdAt: string
  readonly revoked?: { readonly at: string; readonly actor: { readonly id: string; readonly name: string } }
}

/** An annotation to append. */
export interface NewAnnotation {
  readonly threadId: string
  readonly facetId: string
  readonly labelId: string
  readonly provenance: Provenance
  readonly blind?: boolean
  readonly note?: string
}

/** The label in force of a thread on a facet: what its annotations and rulings add up to. */
export interface ThreadLabel {
  readonly threadId: string
  readonly facetId: string
  readonly facet: string
  readonly label: string
  readonly provenance: Provenance
  readonly annotationId: string
}
