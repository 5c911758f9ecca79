import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { Type } from 'typebox'
import type { Database } from '../platform/database/database.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'
import { routePattern } from './request-log.ts'

export interface Sample {
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

/** A figure that some part of the service can tell, read when it is asked for. */
export interface MetricSource {
  /** As Prometheus names it: `entraide_jobs`. */
  readonly name: string
  readonly help: string
  readonly labels?: readonly string[]
  read(): Promise<readonly Sample[]>
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/**
 * `/metrics` for Prometheus: the process, HTTP by route, and `sources`. Its registry is the application's own. A
 * source that fails is left out and logged; the others still answer.
 */
export function addMetrics(app: FastifyInstance, sources: readonly MetricSource[]): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last byte of its response',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  })
  /** Each has its labels' child: looking one up by three labels costs more than to count. */
  const children = new Map<string, ReturnType<typeof durations.labels>>()
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request
    const route = routePattern(request)
    const key = `${method} ${route} ${reply.statusCode}`
    let child = children.get(key)
    if (child === undefined) {
      child = durations.labels({ method, route, status: String(reply.statusCode) })
      children.set(key, child)
    }
    child.observe(reply.elapsedTime / 1000)
    done()
  })
  for (const source of sources) registry.registerMetric(gaugeOf(source, app))

  let collecting: Promise<string> | undefined
  app.get(
    '/metrics',
    {
      schema: {
        operationId: 'metrics',
        summary: 'Get metrics for Prometheus',
        tags: ['operation'],
        security: [],
        produces: ['text/plain'],
        response: {
          200: Type.String({
            description: 'Prometheus text format',
            examples: ['entraide_jobs{state="queued"} 3\n'],
          }),
        },
      },
    },
    async (_request, reply) => {
      collecting ??= registry.metrics().finally(() => {
        collecting = undefined
      })
      return reply.type(registry.contentType).send(await collecting)
    },
  )
}

function gaugeOf(source: MetricSource, app: FastifyInstance): Gauge {
  return new Gauge({
    name: source.name,
    help: source.help,
    labelNames: [...(source.labels ?? [])],
    registers: [],
    async collect() {
      this.reset()
      try {
        for (const { labels = {}, value } of await source.read()) this.set({ ...labels }, value)
      } catch (error) {
        if (source.labels === undefined) this.remove()
        app.log.warn({ err: error, metric: source.name }, 'cannot read a metric')
      }
    },
  })
}

/** Round trips to the database. */
export function databaseMetrics(db: Pick<Database, 'statements'>): MetricSource[] {
  return [
    {
      name: 'entraide_database_statements',
      help: 'Statements sent to the database since the process started',
      read: async () => [{ value: db.statements() }],
    },
  ]
}

/** How much work waits: jobs by state, and events that have not become jobs yet. */
export function jobMetrics(db: Database, jobs: Pick<JobStore, 'counts'>): MetricSource[] {
  return [
    {
      name: 'entraide_jobs',
      help: 'Jobs by state',
      labels: ['state'],
      async read() {
        return Object.entries(await jobs.counts()).map(([state, value]) => ({ labels: { state }, value }))
      },
    },
    {
      name: 'entraide_outbox_events',
      help: 'Events waiting to be relayed',
      async read() {
        const row = await db.sql('events').count<{ n: number }[]>('* as n').first()
        return [{ value: Number(row?.n ?? 0) }]
      },
    },
  ]
}
