import { Writable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { commandLine, type Role } from '../../src/access/actor.ts'
import { createAuditLog } from '../../src/access/audit-log.ts'
import { createKeyResolver, createKeyStore } from '../../src/access/key-store.ts'
import { createKey } from '../../src/access/manage-keys.ts'
import { accessRoutes } from '../../src/access/routes.ts'

import { migrations } from '../../src/migrations.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { type AppParts, buildApp } from '../../src/server/app.ts'
import { createLog } from '../../src/server/log.ts'
import type { TestDatabase } from '../support/databases.ts'

/** An application on a test's database, with a way to get keys and to read its log. */
export interface TestApp {
  readonly app: FastifyInstance
  readonly lines: () => Record<string, unknown>[]
  /** Headers of a new key with these roles. */
  readonly keyFor: (...roles: Role[]) => Promise<{ id: string; headers: { authorization: string } }>
}

export async function buildTestApp(
  { db }: Pick<TestDatabase, 'db'>,
  routes: readonly FastifyPluginAsyncTypebox[] = [],
  { resolveKey, resolveSession, ...parts }: Partial<AppParts> & Partial<AppParts['identification']> = {},
): Promise<TestApp> {
  const clock = parts.clock ?? systemClock
  const keys = createKeyStore(db, clock)
  const deps = { db, clock, keys, audit: createAuditLog(db, clock) }
  let written = ''
  const log = createLog(
    { level: 'info' },
    new Writable({
      write(chunk, _encoding, done) {
        written += chunk
        done()
      },
    }),
  )
  const app = await buildApp({
    config: { bodyLimit: 1_048_576, rateLimit: 6000 },
    db,
    clock,
    log,
    migrations,
    identification: {
      resolveKey: resolveKey ?? createKeyResolver(db, keys).resolve,
      resolveSession: resolveSession ?? (async () => undefined),
    },
    routes: [accessRoutes(deps), ...routes],
    ...parts,
  })
  let made = 0
  return {
    app,
    lines: () =>
      written
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    async keyFor(...roles) {
      const { key, token } = await createKey(deps, {
        name: `${roles.join(' and ')} ${++made}`,
        roles,
        audience: 'internal',
        actor: commandLine,
      })
      return { id: key.id, headers: { authorization: `Bearer ${token}` } }
    },
  }
}
