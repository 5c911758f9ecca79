import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { afterAll, expect, it } from 'vitest'
import { migrations } from '../../src/migrations.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { createDatabase } from '../../src/platform/database/database.ts'
import { migrateForward } from '../../src/platform/database/migrate.ts'
import { openPostgres } from '../../src/platform/database/postgres.ts'
import { openSqlite } from '../../src/platform/database/sqlite.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { buildTestApp } from './test-app.ts'

/** A route that reads and one that writes. */
const routes =
  (db: Database): FastifyPluginAsyncTypebox =>
  async (app) => {
    const config = { allow: 'anyone', idempotent: false } as const
    app.get('/read', { config }, async () => ({ rows: (await db.sql('jobs')).length }))
    app.post('/write', { config }, async () => {
      await db.sql('sequences').insert({ name: `n${Math.random()}${'x'.repeat(100_000)}`, value: 1 })
      return {}
    })
  }

const disk = mounted(join(tmpdir(), `entraide-full-${process.pid}`))

describeEachDatabase.always('an outage of the database', (database, kind) => {
  it.runIf(kind.name === 'PostgreSQL')('answers 503 with Retry-After until it is back', async () => {
    const { databaseUrl } = await database()
    const url = new URL(databaseUrl!)
    const proxy = await openProxy(new URL(databaseUrl!))
    url.host = `127.0.0.1:${proxy.port}`
    const db = createDatabase(openPostgres(url.href))
    const { app } = await buildTestApp({ db }, [routes(db)])
    try {
      expect((await app.inject('/api/read')).statusCode).toBe(200)
      await proxy.close()
      const away = await app.inject('/api/read')
      expect(away.json()).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' })
      expect(away.headers['retry-after']).toBe('5')
      expect(away.body).not.toContain('127.0.0.1')
      expect((await app.inject('/health/ready')).statusCode).toBe(503)
      await proxy.reopen()
      expect((await app.inject('/api/read')).statusCode).toBe(200)
      expect((await app.inject('/health/ready')).statusCode).toBe(200)
    } finally {
      await app.close()
      await db.close()
      await proxy.close()
    }
  })

  it.runIf(kind.name === 'SQLite' && disk !== undefined)(
    'of a full disk answers 503 to writes, and is told by readiness (needs the right to mount)',
    async () => {
      const db = createDatabase(openSqlite(join(disk!, 'entraide.db')))
      await migrateForward(db, migrations)
      const clock = fakeClock('2026-01-10T08:00:00.000Z')
      const { app } = await buildTestApp({ db }, [routes(db)], { clock })
      try {
        expect((await app.inject('/health/ready')).statusCode).toBe(200)
        fill(join(disk!, 'ballast'))
        let full = await app.inject({ method: 'POST', url: '/api/write' })
        for (let tries = 0; tries < 300 && full.statusCode === 200; tries++)
          full = await app.inject({ method: 'POST', url: '/api/write' })
        expect(full.json()).toMatchObject({ status: 503, code: 'STORAGE_FULL' })
        expect(full.headers['retry-after']).toBe('30')
        expect((await app.inject('/api/read')).statusCode).toBe(200)
        clock.advance(5_000)
        const unready = await app.inject('/health/ready')
        expect(unready.statusCode).toBe(503)
        expect(unready.json().checks).toContainEqual({ name: 'database', ok: false, reason: 'STORAGE_FULL' })
        rmSync(join(disk!, 'ballast'))
        clock.advance(5_000)
        expect((await app.inject('/health/ready')).statusCode).toBe(200)
        expect((await app.inject({ method: 'POST', url: '/api/write' })).statusCode).toBe(200)
      } finally {
        await app.close()
        await db.close()
      }
    },
  )
})

afterAll(() => {
  if (disk === undefined) return
  execFileSync('umount', ['--lazy', disk])
  rmSync(disk, { recursive: true, force: true })
})

/** A disk of 16 MB, where this process may make one. */
function mounted(path: string): string | undefined {
  try {
    mkdirSync(path, { recursive: true })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', path], { stdio: 'ignore' })
    return path
  } catch {
    return undefined
  }
}

/** Takes all the room that is left. */
function fill(path: string): void {
  try {
    for (;;) writeFileSync(path, Buffer.alloc(4096), { flag: 'a' })
  } catch {
    // It is full.
  }
}

/** A line to a server that can be cut. */
async function openProxy(target: URL) {
  const sockets = new Set<Socket>()
  let server: Server
  let port = 0
  async function reopen() {
    server = createServer((near) => {
      const far = connect(Number(target.port || 5432), target.hostname)
      for (const socket of [near, far]) {
        sockets.add(socket)
        socket.on('error', () => undefined)
        socket.once('close', () => sockets.delete(socket))
      }
      near.pipe(far).pipe(near)
    })
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    port = (server.address() as { port: number }).port
  }
  await reopen()
  return {
    port,
    reopen,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
