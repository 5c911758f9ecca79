import { createHash } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
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

interface Bucket extends Limit {
  readonly name: string
}

interface AttemptRow {
  bucket: string
  attempts: number
  ends_at: string
}

export type SignInLimits = ReturnType<typeof createSignInLimits>

/** Counts attempts in the database, which all processes share; before they are made, so that many at once count too. */
export function createSignInLimits(db: Database, clock: Clock) {
  const rows = () => db.sql<AttemptRow>('sign_in_attempts')

  /** @returns for how many milliseconds the bucket is full; 0 while there is room */
  async function count({ name, most, windowMs }: Bucket): Promise<number> {
    const now = clock.now().getTime()
    const [nowText, ends] = [new Date(now).toISOString(), new Date(now + windowMs).toISOString()]
    const [row] = await db.query<AttemptRow>(
      `insert into sign_in_attempts (bucket, attempts, ends_at) values (?, 1, ?)
       on conflict (bucket) do update set
         attempts = case when sign_in_attempts.ends_at <= ? then 1 else sign_in_attempts.attempts + 1 end,
         ends_at = case when sign_in_attempts.ends_at <= ? then excluded.ends_at else sign_in_attempts.ends_at end
       returning bucket, attempts, ends_at`,
      [name, ends, nowText, nowText],
    )
    return row === undefined || row.attempts <= most ? 0 : Math.max(1, Date.parse(row.ends_at) - now)
  }

  /** @returns for how long the fullest bucket is full */
  async function countAll(buckets: readonly Bucket[]): Promise<number> {
    await rows().where('ends_at', '<=', clock.now().toISOString()).delete()
    let longest = 0
    for (const bucket of buckets) longest = Math.max(longest, await count(bucket))
    return longest
  }

  return {
    /**
     * Counts an attempt to sign in, whether or not there is such an account.
     *
     * @throws CodedError SIGN_IN_LIMITED
     */
    async attempt(email: string, address: string): Promise<Attempt> {
      const buckets = bucketsOf('sign-in', SIGN_IN, email, address)
      const waitMs = await countAll(buckets)
      if (waitMs > 0) throw accessErrors.SIGN_IN_LIMITED({ seconds: Math.ceil(waitMs / 1000) })
      return {
        async succeeded() {
          const [pair, ...others] = buckets.map(({ name }) => name)
          await rows().where({ bucket: pair }).delete()
          await rows().whereIn('bucket', others).where('attempts', '>', 0).decrement('attempts', 1)
        },
      }
    },

    /**
     * Counts a mail that is asked for.
     *
     * @returns whether it may be sent; the e-mail address has had enough if not, which is nobody's business
     * @throws CodedError SIGN_IN_LIMITED when the network address asked for too many
     */
    async mail(email: string, address: string): Promise<boolean> {
      const [account, ...others] = bucketsOf('reset', RESET, email, address)
      const waitMs = await countAll(others)
      if (waitMs > 0) throw accessErrors.SIGN_IN_LIMITED({ seconds: Math.ceil(waitMs / 1000) })
      return account === undefined || (await countAll([account])) === 0
    },
  }
}

/** The buckets that an attempt falls into; names hold hashes, for what people type may be anything. */
function bucketsOf(
  what: string,
  limits: { readonly pair?: Limit; readonly account: Limit; readonly address: Limit },
  email: string,
  address: string,
): Bucket[] {
  const [who, where] = [digest(email), digest(networkOf(address))]
  const { pair, account, address: ofAddress } = limits
  return [
    ...(pair === undefined ? [] : [{ ...pair, name: `${what} ${who} ${where}` }]),
    { ...account, name: `${what} account ${who}` },
    { ...ofAddress, name: `${what} address ${where}` },
  ]
}

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
