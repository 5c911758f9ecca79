/**
 * An answer for another community: `sending` until it arrived there or failed, `held` where a moderator there has to approve
 * it, `sent`, or `failed` until a colleague tries again or takes it back.
 */
export interface OutgoingAnswer {
  readonly id: string
  readonly threadId: string
  /** Markdown. */
  readonly body: string
  readonly actor: { readonly id: string; readonly name: string }
  readonly status: 'sending' | 'sent' | 'held' | 'failed'
  /** Requests that may have reached the community. */
  readonly attempts: number
  /** Code of the last problem, while there is one. */
  readonly problem?: string
  /** What the community itself said of it. */
  readonly said?: string
  /** When it is tried again. */
  readonly nextAt?: string
  /** The community's id of the post. */
  readonly externalId?: string
  readonly url?: string
  readonly createdAt: string
  readonly sentAt?: string
}
