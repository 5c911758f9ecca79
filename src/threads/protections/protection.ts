import { isPerson } from '../../access/accounts/account.ts'

/**
 * Why a thread is protected: a label in force says so, or a prediction of it that is likely enough, or its posts were split
 * off a locked thread, whose ground it has until people label it.
 */
export interface ProtectionGround {
  readonly facet: string
  readonly label: string
  readonly basis: 'label' | 'prediction' | 'split'
  /** Of the label, where the basis is a prediction. */
  readonly probability?: number
}

/**
 * `locked`: only the company sees the thread, and it cannot be promoted; `requested`: the same, and one person asked to
 * release it; `released`: a second person confirmed that, and the thread is treated like the others.
 */
export type ProtectionState = 'locked' | 'requested' | 'released'

interface Person {
  readonly id: string
  readonly name: string
}

/** The protection of a thread that is sensitive. Times are ISO 8601. */
export interface Protection extends ProtectionGround {
  readonly threadId: string
  readonly state: ProtectionState
  readonly protectedAt: string
  readonly requested?: { readonly by: Person; readonly reason: string; readonly at: string }
  readonly released?: { readonly by: Person; readonly at: string }
}

/**
 * Whether two actors may be one person: the same person or key, or a key and another actor of the same name. Two people
 * of one name are two: each has an account of their own.
 */
export function mayBeSamePerson(one: Person, other: Person): boolean {
  if (one.id === other.id) return true
  return !(isPerson(one) && isPerson(other)) && plain(one.name) === plain(other.name)
}

function plain(name: string): string {
  return name.trim().normalize('NFC').toLowerCase()
}

/** Why a thread is protected, for people: `sensitivity: sensitive (73% likely)`. */
export function describeGround({ facet, label, probability }: ProtectionGround): string {
  return `${facet}: ${label}${probability === undefined ? '' : ` (${Math.round(100 * probability)}% likely)`}`
}
