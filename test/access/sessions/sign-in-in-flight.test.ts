import { beforeAll, expect, it } from 'vitest'
import { createAccountStore } from '../../../src/access/accounts/account-store.ts'
import { passwords } from '../../../src/access/accounts/passwords.ts'
import { createAuditLog } from '../../../src/access/audit-log.ts'
import { createSessionStore } from '../../../src/access/sessions/session-store.ts'
import { signIn } from '../../../src/access/sessions/sign-in.ts'
import { createSignInLimits } from '../../../src/access/sessions/sign-in-limits.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import { readConfig } from '../../../src/platform/config/config.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { PASSWORD } from '../setting.ts'

describeEachDatabase.always('a sign-in while its password is compared', (database) => {
  let address: TestDatabase
  beforeAll(async () => {
    address = await database()
  })

  /** Signs a new person in, to whose account something happens between the comparison and the session. */
  async function signInWhile(email: string, happens: (id: string) => Promise<unknown>) {
    const { db } = address
    const config = readConfig({}).signIn
    const accounts = createAccountStore(db, systemClock)
    const audit = createAuditLog(db, systemClock)
    const sessions = createSessionStore(db, systemClock, config)
    const passwordHash = await passwords.hash(PASSWORD)
    const person = { name: 'Ada', email, roles: ['agent'], audience: 'internal', passwordHash } as const
    const { id } = (await accounts.insert(person))!
    const deps = {
      db,
      accounts,
      sessions,
      audit,
      config,
      limits: createSignInLimits({ db, clock: systemClock, audit, accounts }),
      passwords: {
        ...passwords,
        async matches(hash: string | undefined, password: string) {
          const isRight = await passwords.matches(hash, password)
          await happens(id)
          return isRight
        },
      },
    }
    const origin = { address: '192.0.2.1' }
    const signedIn = signIn(deps, { email, password: PASSWORD, origin })
    const code = await signedIn.then(
      () => 'signed in',
      (error) => error.code,
    )
    return { code, sessions: (await sessions.listOf(id)).length }
  }
  const accounts = () => createAccountStore(address.db, systemClock)

  it('goes on where nothing happens', async () => {
    expect(await signInWhile('ada@example.com', async () => undefined)).toEqual({
      code: 'signed in',
      sessions: 1,
    })
  })

  it('fails where the password is set anew', async () => {
    const reset = async (id: string) =>
      accounts().setPasswordHash(id, await passwords.hash('another pass phrase'))
    expect(await signInWhile('bob@example.com', reset)).toEqual({ code: 'SIGN_IN_FAILED', sessions: 0 })
  })

  it('fails where the account is disabled', async () => {
    const disable = (id: string) => accounts().setDisabled(id, true)
    expect(await signInWhile('cleo@example.com', disable)).toEqual({ code: 'SIGN_IN_FAILED', sessions: 0 })
  })
})
