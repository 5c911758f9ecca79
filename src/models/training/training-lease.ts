import { setTimeout } from 'node:timers/promises'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { modelErrors } from '../errors.ts'

const LEASE_MS = 15_000
const RETRY_MS = 250

/** The right to train a facet, held by one trainer in any process; it ends by itself when its holder dies. */
export interface TrainingLease {
  /** Aborted when the lease was taken over. */
  readonly lost: AbortSignal
  /** Within the transaction that stores what was trained. @throws CodedError TRAINING_TAKEN_OVER */
  confirm(): Promise<void>
  release(): Promise<void>
}

interface LeaseRow {
  facet_id: string
  holder: string
  leased_until: string
}

interface LeaseWish {
  /** Waits while another process trains the facet; otherwise that is an error. */
  readonly wait: boolean
  readonly signal?: AbortSignal | undefined
}

/** Takes the facet for training. @throws CodedError TRAINING_IN_PROGRESS; the reason of `signal` */
export async function takeTrainingLease(
  db: Database,
  clock: Clock,
  facet: { readonly id: string; readonly name: string },
  { wait, signal }: LeaseWish,
): Promise<TrainingLease> {
  const holder = newId('trn', clock.now())
  const leases = () => db.sql<LeaseRow>('training_leases')
  const mine = () => leases().where({ facet_id: facet.id, holder })
  const until = () => new Date(clock.now().getTime() + LEASE_MS).toISOString()

  async function take(): Promise<boolean> {
    const taken = await leases()
      .insert({ facet_id: facet.id, holder, leased_until: until() })
      .onConflict('facet_id')
      .merge()
      .where('training_leases.leased_until', '<', clock.now().toISOString())
      .returning('holder')
    return taken.length > 0
  }

  signal?.throwIfAborted()
  while (!(await take())) {
    if (!wait) throw modelErrors.TRAINING_IN_PROGRESS({ facet: facet.name })
    await setTimeout(RETRY_MS, undefined, signal && { signal })
  }

  const lost = new AbortController()
  const heartbeat = setInterval(() => {
    mine()
      .update({ leased_until: until() })
      .then((held) => held > 0 || lost.abort(modelErrors.TRAINING_TAKEN_OVER({ facet: facet.name })))
      .catch(() => undefined) // The lease lasts for two more tries; `confirm` has the last word.
  }, LEASE_MS / 3)
  heartbeat.unref()

  return {
    lost: lost.signal,
    async confirm() {
      const row = await (db.dialect === 'postgres' ? mine().forUpdate() : mine()).first()
      if (row === undefined) throw modelErrors.TRAINING_TAKEN_OVER({ facet: facet.name })
    },
    async release() {
      clearInterval(heartbeat)
      await mine().delete()
    },
  }
}
