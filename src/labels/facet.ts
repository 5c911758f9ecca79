/** One axis of classification; its labels exclude one another. */
export interface Facet {
  readonly id: string
  /** In kebab-case; never changes. */
  readonly name: string
  readonly description: string
  /** Largest share of wrong labels wanted among those a model assigns, in [0, 1]. */
  readonly riskBudget: number
  /** Whether a model must be as accurate in French as in English, beyond noise, to become active. */
  readonly requireParity: boolean
}

export interface Label {
  readonly id: string
  readonly facetId: string
  /** As people read it; never changes. */
  readonly name: string
  readonly description: string
  /** The same wanted of this label alone; the facet's counts unless told. */
  readonly riskBudget?: number
}

/** The facet that always is. */
export const CATEGORY = 'category'

export const DEFAULT_RISK_BUDGET = 0.05

/** Pattern of a facet's name: kebab-case. */
export const FACET_NAME = '^[a-z0-9]+(-[a-z0-9]+)*$'

export const LONGEST_LABEL = 200

/** The name as it is kept: composed, without space at its ends or doubled within. */
export function labelName(text: string): string {
  return text.normalize('NFC').trim().replaceAll(/\s+/g, ' ').slice(0, LONGEST_LABEL)
}

/** The facet's name that an export means (`Urgency Level` → `urgency-level`); undefined when nothing is left of it. */
export function facetName(text: string): string | undefined {
  const ascii = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return ascii.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || undefined
}
