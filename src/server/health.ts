import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { appliedMigrations, type Migration } from '../platform/database/migrate.ts'
import { createWriteProbe, outageOf } from '../platform/database/outage.ts'

/** Something without which this process should get no requests. */
export interface ReadinessCheck {
  readonly name: string
  /** Rejects when it does not hold. */
  check(): Promise<void>
}

/** The database, and the schema that it must hold. */
interface HealthParts {
  readonly db: Database
  readonly clock: Clock
  readonly migrations: readonly Migration[]
  readonly readiness: readonly ReadinessCheck[]
}

const TIMEOUT_MS = 2000

const Alive = Type.Object({ status: Type.Literal('ok') }, { examples: [{ status: 'ok' }] })

const Readiness = Type.Object(
  {
    status: Type.Union([Type.Literal('ready'), Type.Literal('unavailable')]),
    checks: Type.Array(
      Type.Object({
        name: Type.String(),
        ok: Type.Boolean(),
        reason: Type.Optional(Type.String({ description: 'Error code; the log has the details' })),
      }),
    ),
  },
  {
    examples: [
      {
        status: 'ready',
        checks: [
          { name: 'serving', ok: true },
          { name: 'database', ok: true },
          { name: 'schema', ok: true },
        ],
      },
    ],
  },
)

/** `/health/live` (the process answers) and `/health/ready` (it can do its work); without a key, never limited. */
export function addHealth(app: FastifyInstance, { db, clock, migrations, readiness }: HealthParts): void {
  const takesWrites = createWriteProbe(db, clock)
  let draining = false
  app.addHook('preClose', async () => {
    draining = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (draining) reply.header('connection', 'close')
  })

  const checks: readonly ReadinessCheck[] = [
    {
      name: 'serving',
      async check() {
        if (draining) throw new NotReady('SHUTTING_DOWN')
      },
    },
    {
      name: 'database',
      async check() {
        await db.sql.select(db.sql.raw('1 as one'))
        await takesWrites()
      },
    },
    { name: 'schema', check: () => checkSchema(db, migrations) },
    ...readiness,
  ]

  app.get(
    '/health/live',
    {
      schema: {
        operationId: 'live',
        summary: 'Check that the process is alive',
        tags: ['operation'],
        security: [],
        response: { 200: Alive },
      },
    },
    async () => ({ status: 'ok' }),
  )

  app.get(
    '/health/ready',
    {
      schema: {
        operationId: 'ready',
        summary: 'Check that the service can take requests: database, schema, not shutting down',
        tags: ['operation'],
        security: [],
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (request, reply) => {
      const results = await Promise.all(
        checks.map(async ({ name, check }) => {
          try {
            await withinTime(check())
            return { name, ok: true }
          } catch (error) {
            if (!(error instanceof NotReady)) request.log.warn({ err: error, check: name }, 'not ready')
            return { name, ok: false, reason: reasonOf(error) }
          }
        }),
      )
      const ready = results.every(({ ok }) => ok)
      reply.code(ready ? 200 : 503)
      return { status: ready ? 'ready' : 'unavailable', checks: results }
    },
  )
}

class NotReady extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

async function checkSchema(db: Database, migrations: readonly Migration[]): Promise<void> {
  const applied = new Set(await appliedMigrations(db))
  if (migrations.some(({ name }) => !applied.has(name))) throw new NotReady('SCHEMA_BEHIND')
  if (applied.size > migrations.length) throw new NotReady('SCHEMA_AHEAD')
}

async function withinTime(check: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotReady('TIMED_OUT')), TIMEOUT_MS)
  })
  try {
    await Promise.race([check, late])
  } finally {
    clearTimeout(timer)
  }
}

/** A code only: messages of drivers name hosts and files, and anyone may ask this. */
function reasonOf(error: unknown): string {
  const outage = outageOf(error)
  if (outage?.code === 'STORAGE_FULL') return outage.code
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'FAILED'
}
