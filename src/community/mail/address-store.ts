import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'

/** Where an asker wants answers to be mailed. */
export interface AskerAddress {
  readonly questionId: string
  readonly email: string
  readonly isConfirmed: boolean
  readonly addedAt: string
}

interface AddressRow {
  question_id: string
  email: string
  added_at: string
  confirmed_at: string | null
}

export type AddressStore = ReturnType<typeof createAddressStore>

/** E-mail addresses of askers, which are nowhere else. */
export function createAddressStore(db: Database, clock: Clock) {
  const addresses = () => db.sql<AddressRow>('question_addresses')

  return {
    async add(questionId: string, email: string): Promise<void> {
      await addresses().insert({
        question_id: questionId,
        email,
        added_at: isoNow(clock),
        confirmed_at: null,
      })
    },

    async find(questionId: string): Promise<AskerAddress | undefined> {
      const row = await addresses().where({ question_id: questionId }).first()
      return row && toAddress(row)
    },

    /** For how many questions the same address was given since then and not confirmed. */
    async countUnconfirmed(email: string, since: string): Promise<number> {
      const rows = await addresses()
        .where({ email })
        .whereNull('confirmed_at')
        .where('added_at', '>=', since)
        .select('question_id')
      return rows.length
    },

    async confirm(questionId: string): Promise<void> {
      await addresses()
        .where({ question_id: questionId })
        .whereNull('confirmed_at')
        .update({ confirmed_at: isoNow(clock) })
    },

    async remove(questionId: string): Promise<void> {
      await addresses().where({ question_id: questionId }).delete()
    },

    /** Those after a question, in the order of their questions. */
    async after(questionId: string, limit: number): Promise<AskerAddress[]> {
      const rows = await addresses().where('question_id', '>', questionId).orderBy('question_id').limit(limit)
      return rows.map(toAddress)
    },
  }
}

function toAddress(row: AddressRow): AskerAddress {
  return {
    questionId: row.question_id,
    email: row.email,
    isConfirmed: row.confirmed_at !== null,
    addedAt: row.added_at,
  }
}
