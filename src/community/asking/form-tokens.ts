import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'

/** When a form was made, and what tells it from every other. */
export interface FormToken {
  readonly issuedAt: number
  readonly nonce: string
}

export type FormTokens = ReturnType<typeof createFormTokens>

/** Bytes of a nonce and of a secret: 160 bits. */
const BYTES = 20

/**
 * Tokens of forms: signed, so that nobody makes them up, and kept nowhere. What is signed with is a key of this database,
 * made when it is first needed, so that all processes know it.
 */
export function createFormTokens(db: Database, clock: Clock) {
  let known: Promise<string> | undefined

  function key(): Promise<string> {
    known ??= readKey().catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }

  async function readKey(): Promise<string> {
    const keys = () => db.sql<{ name: string; key: string }>('asking_keys')
    const fresh = randomBytes(32).toString('hex')
    await keys().insert({ name: 'forms', key: fresh }).onConflict('name').ignore()
    return (await keys().where({ name: 'forms' }).first())?.key ?? fresh
  }

  async function sign(purpose: string, text: string): Promise<string> {
    return createHmac('sha256', await key())
      .update(`${purpose}\0${text}`)
      .digest('hex')
      .slice(0, 2 * BYTES)
  }

  return {
    async issue(): Promise<string> {
      const stated = `${clock.now().getTime().toString(36)}.${randomBytes(BYTES).toString('hex')}`
      return `${stated}.${await sign('form', stated)}`
    },

    /** @returns undefined for what was not issued here */
    async read(token: string): Promise<FormToken | undefined> {
      const [, stated = '', time = '', nonce = '', signature = ''] =
        /^(([0-9a-z]{1,12})\.([0-9a-f]{40}))\.([0-9a-f]{40})$/.exec(token) ?? []
      if (stated === '') return undefined
      const expected = await sign('form', stated)
      if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return undefined
      return { issuedAt: Number.parseInt(time, 36), nonce }
    },

    /** The secret of a link that only who has the form can be given again; the form itself does not tell it. */
    secretFor: (submission: string) => sign('link', submission),

    /** Stands for a network address on one day. */
    originOf: (address: string) => sign('origin', `${clock.now().toISOString().slice(0, 10)} ${address}`),
  }
}

/** A new secret of a link. */
export function newSecret(): string {
  return randomBytes(BYTES).toString('hex')
}

/** What is kept of a secret. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
