/** One axis of classification, with mutually exclusive labels. */
export interface Facet {
  readonly id: string
  /** In kebab-case; never changes. */
  readonly name: string
  readonly description: string
  /** Largest accepted share of wrong labels among those that a model assigns, in [0, 1]. */
  readonly riskBudget: number
  /** Whether a model version must be as accurate in French as in English, within noise, to become active. */
  readonly requireParity: boolean
}

export interface Label {
  readonly id: string
  readonly facetId: string
  /** As shown to people; never changes. */
  readonly name: string
  readonly description: string
  /** The same for this label alone; the facet's by default. */
  readonly riskBudget?: number
  /**
   * A thread with the label in force is protected, and so is one without a label in force for which the model gives the
   * label at least this probability. Absent where the label protects nothing.
   */
  readonly protectFrom?: number
}

/** The facet that always exists. */
export const CATEGORY = 'category'

export const DEFAULT_RISK_BUDGET = 0.05

/** Pattern of a facet's name: kebab-case. */
export const FACET_NAME = '^[a-z0-9]+(-[a-z0-9]+)*$'

/** Least probability that can protect: what is likelier is always among the alternatives that a prediction keeps. */
export const LEAST_PROTECTION = 0.2

/** A label that protects threads. */
export interface ProtectiveLabel {
  readonly facet: string
  readonly label: string
  readonly from: number
}

export const LONGEST_LABEL = 200

/** The name as it is stored: Unicode NFC, trimmed, with single spaces. */
export function labelName(text: string): string {
  return text.normalize('NFC').trim().replaceAll(/\s+/g, ' ').slice(0, LONGEST_LABEL)
}

/** The facet name for a name in an export (`Urgency Level` → `urgency-level`); undefined when nothing remains. */
export function facetName(text: string): string | undefined {
  const ascii = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return ascii.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || undefined
}
