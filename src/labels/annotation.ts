/**
 * Who gave a verdict: a person, the export a thread came with, or a knowledge manager who ruled where others
 * disagreed. A ruling outranks every other, and a person's an import's.
 */
export type Provenance = 'ruling' | 'agent' | 'import'

/** The provenances of what people said. */
export const BY_PEOPLE: readonly Provenance[] = ['ruling', 'agent']

/** A verdict on one facet of one thread. Never changed; at most revoked. */
export interface Annotation {
  readonly id: string
  readonly threadId: string
  readonly facet: string
  readonly facetId: string
  readonly label: string
  readonly labelId: string
  readonly provenance: Provenance
  /** Given without having seen a prediction. */
  readonly blind: boolean
  readonly actor: { readonly id: string; readonly name: string }
  readonly note?: string
  readonly createdAt: string
  readonly revoked?: { readonly at: string; readonly actor: { readonly id: string; readonly name: string } }
}

/** What is to be appended. */
export interface NewAnnotation {
  readonly threadId: string
  readonly facetId: string
  readonly labelId: string
  readonly provenance: Provenance
  readonly blind?: boolean
  readonly note?: string
}

/** What the annotations of one facet of a thread add up to. */
export interface ThreadLabel {
  readonly threadId: string
  readonly facetId: string
  readonly facet: string
  readonly label: string
  readonly provenance: Provenance
  readonly annotationId: string
}
