import type { Audience } from '../access/audience.ts'
import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { LIVE, QUEUE } from './counters.ts'
import type { Happening, StoredHappening } from './live-event.ts'

interface HappeningRow {
  seq: number | string
  type: Happening['type']
  subject: string | null
  audience: Audience
  data: string
  created_at: string
}

export type HappeningStore = ReturnType<typeof createHappeningStore>

/** Happenings in the order of their commits, for a day. */
export function createHappeningStore(db: Database, clock: Clock) {
  const rows = () => db.sql<HappeningRow>('live_events')
  const sequence = (name: string) => db.sql<{ name: string; value: number }>('sequences').where({ name })

  return {
    /** Adds happenings. Their numbers are this transaction's until it ends, so that none is overtaken. */
    async add(happenings: readonly Happening[]): Promise<void> {
      await db.transaction(async () => {
        await sequence(LIVE).increment('value', happenings.length)
        const last = await sequence(LIVE).first('value')
        let seq = Number(last?.value) - happenings.length
        for (const { type, subject, audience, data } of happenings)
          await rows().insert({
            seq: ++seq,
            type,
            subject: subject ?? null,
            audience,
            data: JSON.stringify(data),
            created_at: isoNow(clock),
          })
      })
    },

    /** Notes that the counts of the review queue may have changed. */
    async noteQueueChange(): Promise<void> {
      await sequence(QUEUE).increment('value', 1)
    },

    /** Happenings after one number, up to another. */
    async between(after: number, upTo: number): Promise<StoredHappening[]> {
      const found = await rows().where('seq', '>', after).where('seq', '<=', upTo).orderBy('seq')
      return found.map(({ seq, type, subject, audience, data }) => ({
        seq: Number(seq),
        type,
        subject: subject ?? undefined,
        audience,
        data: JSON.parse(data),
      }))
    },

    /** Deletes the happenings before `before`, ISO 8601. */
    async prune(before: string): Promise<void> {
      await rows().where('created_at', '<', before).delete()
    },
  }
}
