import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { hashToken, sameHash, tokenKind } from '../tokens.ts'

/** What a link is for: to accept an invitation, to set a new password, or to create the first administrator. */
export type LinkPurpose = 'invitation' | 'reset' | 'administrator'

/** A link that was just made. */
export interface IssuedLink {
  /** Path and token, as `/app/welcome#…`; cannot be had again. */
  readonly link: string
  readonly expiresAt: string
}

export interface Link {
  readonly id: string
  readonly purpose: LinkPurpose
  /** Absent for the first administrator. */
  readonly accountId?: string
}

interface LinkRow {
  id: string
  account_id: string | null
  secret_hash: string
  purpose: LinkPurpose
  expires_at: string
}

export type LinkStore = ReturnType<typeof createLinkStore>

/** Behind `#`, so that no server, proxy or log sees the token. */
const PATH = '/app/welcome#'
const HOUR_MS = 3_600_000
/** For how long a link is valid. */
const VALID_MS: Readonly<Record<LinkPurpose, number>> = {
  invitation: 7 * 24 * HOUR_MS,
  reset: 24 * HOUR_MS,
  administrator: 24 * HOUR_MS,
}

const linkTokens = tokenKind('enl', 'lnk')

/** Links by which people set a password: each works once. */
export function createLinkStore(db: Database, clock: Clock) {
  const links = () => db.sql<LinkRow>('account_links')

  return {
    /** Makes a link; an account has one at a time. */
    async issue(purpose: LinkPurpose, accountId?: string): Promise<IssuedLink> {
      const now = clock.now()
      const { id, token } = linkTokens.create(now)
      const expiresAt = new Date(now.getTime() + VALID_MS[purpose]).toISOString()
      await db.transaction(async () => {
        await links().where('expires_at', '<=', now.toISOString()).delete()
        if (accountId !== undefined) await links().where({ account_id: accountId }).delete()
        await links().insert({
          id,
          account_id: accountId ?? null,
          secret_hash: hashToken(token),
          purpose,
          expires_at: expiresAt,
        })
      })
      return { link: `${PATH}${token}`, expiresAt }
    },

    /** The link that a token belongs to; undefined when it is unknown, used or too old. */
    async find(token: string): Promise<Link | undefined> {
      const id = linkTokens.idOf(token)
      if (id === undefined) return undefined
      const row = await links().where({ id }).where('expires_at', '>', clock.now().toISOString()).first()
      if (row === undefined || !sameHash(row.secret_hash, hashToken(token))) return undefined
      return { id, purpose: row.purpose, accountId: row.account_id ?? undefined }
    },

    /** Uses a link up, and with it all others for the same. @returns false when that was done already */
    async use({ id, purpose, accountId }: Link): Promise<boolean> {
      if ((await links().where({ id }).delete()) === 0) return false
      await links()
        .where(accountId === undefined ? { purpose } : { account_id: accountId })
        .delete()
      return true
    },

    /** Makes the links of an account invalid. */
    async removeOf(accountId: string): Promise<void> {
      await links().where({ account_id: accountId }).delete()
    },
  }
}
