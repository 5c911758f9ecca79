/** Which verdicts are taken back: one, or all that an agent has given since a moment. */
export type RevocationScope =
  | { readonly annotation: string; readonly agent?: never }
  | {
      /** Id of the person or key that gave them. */
      readonly agent: string
      /** ISO 8601; those given then count too. */
      readonly since: string
      /** Name of the only facet meant; all unless told. */
      readonly facet?: string
      readonly annotation?: never
    }

/** Both ways take time where an agent has said much: what is under way ends in `revoked` or `restored`. */
export type RevocationStatus = 'revoking' | 'revoked' | 'restoring' | 'restored'

/** Verdicts taken back in one call, and perhaps given back in another. */
export interface Revocation {
  readonly id: string
  readonly scope: RevocationScope
  readonly reason?: string
  readonly status: RevocationStatus
  /** How many verdicts it took back so far; those revoked before are not among them. */
  readonly annotations: number
  readonly actor: { readonly id: string; readonly name: string }
  readonly createdAt: string
  /** Who gave them back. */
  readonly restored?: { readonly at: string; readonly actor: { readonly id: string; readonly name: string } }
}
