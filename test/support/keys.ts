import { commandLine, type Role } from '../../src/access/actor.ts'
import { createAuditLog } from '../../src/access/audit-log.ts'
import { createKeyStore } from '../../src/access/key-store.ts'
import { createKey } from '../../src/access/manage-keys.ts'
import { systemClock } from '../../src/platform/clock.ts'
import type { TestDatabase } from './databases.ts'

/** An API key of a role that sees everything, as `entraide keys create` makes it but without a process. */
export async function keyOf(
  { db }: Pick<TestDatabase, 'db'>,
  role: Role,
  name: string = role,
): Promise<{ readonly id: string; readonly token: string }> {
  const deps = {
    db,
    clock: systemClock,
    keys: createKeyStore(db, systemClock),
    audit: createAuditLog(db, systemClock),
  }
  const { key, token } = await createKey(deps, {
    name,
    roles: [role],
    audience: 'internal',
    actor: commandLine,
  })
  return { id: key.id, token }
}
