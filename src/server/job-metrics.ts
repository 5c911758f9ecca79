import type { Database, JobStore } from '../platform/index.ts'
import type { MetricSource } from './metrics.ts'

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
      help: 'Events that wait to be relayed',
      async read() {
        const row = await db.sql('events').count<{ n: number }[]>('* as n').first()
        return [{ value: Number(row?.n ?? 0) }]
      },
    },
  ]
}
