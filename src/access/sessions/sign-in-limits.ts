import { createHash } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { AccountStore } from '../accounts/account-store.ts'
import { anonymous } from '../actor.ts'
import type { AuditLog } from '../audit-log.ts'
import { accessErrors } from '../errors.ts'

/** How many failures are allowed in a time, of whom. */
interface Limit {
  readonly most: number
  readonly windowMs: number
}

const MINUTE_MS = 60_000

/**
 * Of one e-mail address from one network address: what a person may mistype. Of one e-mail address from anywhere: many
 * machines that guess together. Of one network address: one machine that tries many accounts; a whole company may share
 * it, and attempts that succeed do not count.
 */
const SIGN_IN = {
  pair: { most: 10, windowMs: 15 * MINUTE_MS },
  account: { most: 100, windowMs: 60 * MINUTE_MS },
  address: { most: 200, windowMs: 15 * MINUTE_MS },
} satisfies Record<string, Limit>

/** Mails that one e-mail address gets, and that one network address asks for. */
const RESET = {
  account: { most: 5, windowMs: 60 * MINUTE_MS },
  address: { most: 50, windowMs: 60 * MINUTE_MS },
} satisfies Record<string, Limit>

/** An attempt that was let through. */
export interface Attempt {
  /** It was no guess: takes it off the count again. */
  succeeded(): Promise<void>
}

/** Where an attempt comes from. */
interface From {
  readonly address: string
  readonly requestId?: string
}

interface Bucket extends Limit {
  readonly name: string
}

/** A bucket that has no room. */
interface Full {
  readonly waitMs: number
  /** Whether this attempt is the first that found it so. */
  readonly isNews: boolean
}

interface AttemptRow {
  bucket: string
  attempts: number
  ends_at: string
}

interface LimitDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly accounts: Pick<AccountStore, 'findByEmail'>
}

export type SignInLimits = ReturnType<typeof createSignInLimits>

/** Counts attempts in the database, which all processes share; before they are made, so that many at once count too. */
export function createSignInLimits({ db, clock, audit, accounts }: LimitDeps) {
  const rows = () => db.sql<AttemptRow>('sign_in_attempts')

  /** Counts one more in a bucket; the count of a full one goes one beyond its limit, and no further. */
  async function count({ name, most, windowMs }: Bucket): Promise<Full | undefined> {
    const now = clock.now().getTime()
    const [nowText, ends] = [new Date(now).toISOString(), new Date(now + windowMs).toISOString()]
    const [row] = await db.query<AttemptRow>(
      `insert into sign_in_attempts (bucket, attempts, ends_at) values (?, 1, ?)
       on conflict (bucket) do update set
         attempts = case when sign_in_attempts.ends_at <= ? then 1 else sign_in_attempts.attempts + 1 end,
         ends_at = case when sign_in_attempts.ends_at <= ? then excluded.ends_at else sign_in_attempts.ends_at end
       where sign_in_attempts.attempts <= ? or sign_in_attempts.ends_at <= ?
       returning bucket, attempts, ends_at`,
      [name, ends, nowText, nowText, most, nowText],
    )
    if (row !== undefined && row.attempts <= most) return undefined
    const full = row ?? (await rows().where({ bucket: name }).first())
    return { waitMs: Math.max(1, Date.parse(full?.ends_at ?? nowText) - now), isNews: row !== undefined }
  }

  /** Takes one off the count of each bucket. */
  async function uncount(buckets: readonly Bucket[]): Promise<void> {
    for (const { name, most } of buckets)
      await rows()
        .where({ bucket: name })
        .where('attempts', '>', 0)
        .update({
          attempts: db.sql.raw('case when attempts > ? then ? else attempts - 1 end', [most, most - 1]),
        })
  }

  /** Counts an attempt in all buckets, or in none where one of them is full. The first refusal is audited. */
  async function countAll(
    what: 'sign-in' | 'reset',
    buckets: readonly Bucket[],
    email: string,
    { address, requestId }: From,
  ): Promise<Full | undefined> {
    await rows().where('ends_at', '<=', clock.now().toISOString()).delete()
    return db.transaction(async () => {
      for (const [at, bucket] of buckets.entries()) {
        const full = await count(bucket)
        if (full === undefined) continue
        await uncount(buckets.slice(0, at))
        if (full.isNews) {
          const account = await accounts.findByEmail(email)
          const actor = { ...anonymous, requestId }
          await audit.record(`${what}.limited`, actor, account?.id ?? 'unknown', { after: { address } })
        }
        return full
      }
      return undefined
    })
  }

  return {
    /**
     * Counts an attempt to sign in, whether or not there is such an account.
     *
     * @throws CodedError SIGN_IN_LIMITED
     */
    async attempt(email: string, from: From): Promise<Attempt> {
      const [who, where] = [digest(email), digest(networkOf(from.address))]
      const pair = { ...SIGN_IN.pair, name: `sign-in ${who} ${where}` }
      const others = [
        { ...SIGN_IN.account, name: `sign-in account ${who}` },
        { ...SIGN_IN.address, name: `sign-in address ${where}` },
      ]
      const full = await countAll('sign-in', [pair, ...others], email, from)
      if (full !== undefined) throw limited(full)
      return {
        succeeded: () =>
          db.transaction(async () => {
            await rows().where({ bucket: pair.name }).delete()
            await uncount(others)
          }),
      }
    },

    /**
     * Counts a mail that is asked for.
     *
     * @returns whether it may be sent; the e-mail address has had enough if not, which is nobody's business
     * @throws CodedError SIGN_IN_LIMITED when the network address asked for too many
     */
    async mail(email: string, from: From): Promise<boolean> {
      const ofAddress = { ...RESET.address, name: `reset address ${digest(networkOf(from.address))}` }
      const full = await countAll('reset', [ofAddress], email, from)
      if (full !== undefined) throw limited(full)
      const ofAccount = { ...RESET.account, name: `reset account ${digest(email)}` }
      return (await countAll('reset', [ofAccount], email, from)) === undefined
    },
  }
}

function limited({ waitMs }: Full) {
  return accessErrors.SIGN_IN_LIMITED({ seconds: Math.ceil(waitMs / 1000) })
}

/** Names of buckets hold hashes, for what people type may be anything. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

/** An IPv4 address, or the network of an IPv6 address, of which one machine has many. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return parsed.toByteArray().slice(0, 8).join('.')
}
