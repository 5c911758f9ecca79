import { type Clock, type Database, isoNow } from '../platform/index.ts'
import type { ParityBasis } from './parity.ts'

/** One time that the parity of a version was looked at for an alert. */
interface ParityLook {
  /** 1, 2, 3 … within the version. */
  readonly number: number
  readonly basis: ParityBasis
  /** Cases there were. */
  readonly cases: number
}

interface LookRow extends ParityLook {
  version_id: string
  checked_at: string
}

export type ParityLookStore = ReturnType<typeof createParityLookStore>

/** How often the parity of each version was looked at: each look may raise a false alarm, so they are counted. */
export function createParityLookStore(db: Database, clock: Clock) {
  const looks = () => db.sql<LookRow>('parity_checks')

  return {
    /** All of a version, the first first; there are few. */
    async of(versionId: string): Promise<ParityLook[]> {
      return looks().where({ version_id: versionId }).orderBy('number').select('number', 'basis', 'cases')
    },

    /** @returns false when another process has had this look */
    async add(versionId: string, { number, basis, cases }: ParityLook): Promise<boolean> {
      const added = await looks()
        .insert({ version_id: versionId, number, basis, cases, checked_at: isoNow(clock) })
        .onConflict(['version_id', 'number'])
        .ignore()
        .returning('number')
      return added.length > 0
    },
  }
}
