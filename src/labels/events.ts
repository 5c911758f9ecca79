/** A person annotated a facet of a thread, or revoked an annotation. */
export interface LabelCorrected {
  readonly type: 'label.corrected'
  readonly facet: string
  readonly facetId: string
  readonly threadId: string
  readonly annotationId: string
}

/** Annotations of a facet were revoked together, or restored: what was learned from them is out of date. */
export interface AnnotationsRevised {
  readonly type: 'annotations.revised'
  readonly facet: string
  readonly facetId: string
  readonly revocationId: string
}

/** A batch of threads got labels (or lost them) by what their source says; one event a facet. */
export interface LabelsImported {
  readonly type: 'labels.imported'
  readonly facet: string
  readonly facetId: string
  /** Annotations appended or revoked. */
  readonly count: number
}

/** How much error a facet or one of its labels may have was changed: what is assigned is to be decided anew. */
export interface BudgetChanged {
  readonly type: 'budget.changed'
  readonly facet: string
  readonly facetId: string
}

export function budgetChanged(facet: { readonly id: string; readonly name: string }): BudgetChanged {
  return { type: 'budget.changed', facet: facet.name, facetId: facet.id }
}

/** Other costs of mistakes of a facet were stated: its model has to be trained to decide by them. */
export interface CostsChanged {
  readonly type: 'costs.changed'
  readonly facet: string
  readonly facetId: string
}

export function costsChanged(facet: { readonly id: string; readonly name: string }): CostsChanged {
  return { type: 'costs.changed', facet: facet.name, facetId: facet.id }
}

/** A label protects threads, or no longer does, or from another probability on. */
export interface ProtectionChanged {
  readonly type: 'protection.changed'
  readonly facet: string
  readonly facetId: string
}

export function protectionChanged(facet: { readonly id: string; readonly name: string }): ProtectionChanged {
  return { type: 'protection.changed', facet: facet.name, facetId: facet.id }
}

/** A facet came with starter examples: its model can be trained before anyone has labelled a thread. */
export interface FacetSeeded {
  readonly type: 'facet.seeded'
  readonly facet: string
  readonly facetId: string
}

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'label.corrected': LabelCorrected
    'annotations.revised': AnnotationsRevised
    'labels.imported': LabelsImported
    'budget.changed': BudgetChanged
    'costs.changed': CostsChanged
    'protection.changed': ProtectionChanged
    'facet.seeded': FacetSeeded
  }
}
