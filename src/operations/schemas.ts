import { Type } from 'typebox'
import { JOB_STATES } from '../platform/jobs/job-overview.ts'
import { PageQuery, pageOf } from '../platform/page-schema.ts'

const State = Type.Enum([...JOB_STATES], { description: '`failed`: too often to be tried again by itself' })
const JobType = Type.String({ maxLength: 100, description: 'Type of job, such as `models.train`' })

const jobExample = {
  id: 'job_01jd0f3k9qv7w2m4n5p6r7s8t',
  type: 'models.train',
  state: 'failed',
  attempts: 8,
  bulk: true,
  payload: { facet: 'category' },
  error: 'Error: the worker ran out of memory',
  createdAt: '2026-03-02T09:14:05.120Z',
  at: '2026-03-02T11:02:45.000Z',
} as const

export const JobParams = Type.Object({ id: Type.String({ maxLength: 100, description: 'Id of the job' }) })

export const JobsQuery = Type.Object(
  { ...PageQuery.properties, state: Type.Optional(State), type: Type.Optional(JobType) },
  { additionalProperties: false },
)

export const JobPage = pageOf(
  Type.Object(
    {
      id: Type.String(),
      type: JobType,
      state: State,
      attempts: Type.Integer(),
      bulk: Type.Boolean({ description: 'Whether nobody waits for it' }),
      payload: Type.Record(Type.String(), Type.Unknown()),
      error: Type.Optional(Type.String({ description: 'Of the last attempt that failed' })),
      createdAt: Type.String(),
      at: Type.String({ description: 'When it failed, is due, or would be given to another worker' }),
    },
    { examples: [jobExample] },
  ),
)

export const RetryBody = Type.Object(
  { type: Type.Optional(JobType) },
  { additionalProperties: false, examples: [{ type: 'models.train' }] },
)
export const Retried = Type.Object({ retried: Type.Integer() }, { examples: [{ retried: 3 }] })
export const JobQueued = Type.Object({ jobQueued: Type.Literal(true) }, { examples: [{ jobQueued: true }] })

const Queue = Type.Object({
  queued: Type.Integer(),
  running: Type.Integer(),
  failed: Type.Integer(),
  oldestDueAt: Type.Optional(
    Type.String({ description: 'Since when the oldest waits; absent if none is due' }),
  ),
})

export const System = Type.Object(
  {
    version: Type.String(),
    node: Type.String(),
    startedAt: Type.String({ description: 'Of the process that answers' }),
    uptimeSeconds: Type.Integer(),
    database: Type.Object({ dialect: Type.Enum(['sqlite', 'postgres']), version: Type.String() }),
    schema: Type.Object({
      applied: Type.Integer({ description: 'Steps of the schema that the database has' }),
      expected: Type.Integer({ description: 'Steps that this version knows' }),
      last: Type.Optional(Type.String()),
    }),
    queues: Type.Object({ people: Queue, bulk: Queue }),
    events: Type.Integer({ description: 'Events that have not become jobs yet' }),
    search: Type.Object({
      changes: Type.Integer({ description: 'Changes of documents so far' }),
      indexed: Type.Integer({
        description: 'Those in the index of this process; the next query reads the rest',
      }),
    }),
    identifiers: Type.Array(Type.Object({ kind: Type.String(), pattern: Type.String() }), {
      description: 'Patterns of customer and order numbers, as configured',
    }),
  },
  {
    examples: [
      {
        version: '0.2.0',
        node: 'v22.20.0',
        startedAt: '2026-03-02T08:00:00.000Z',
        uptimeSeconds: 4445,
        database: { dialect: 'sqlite', version: '3.50.4' },
        schema: { applied: 29, expected: 29, last: '0.2-live' },
        queues: {
          people: { queued: 0, running: 1, failed: 0 },
          bulk: { queued: 12, running: 1, failed: 1, oldestDueAt: '2026-03-02T09:14:05.120Z' },
        },
        events: 0,
        search: { changes: 530, indexed: 528 },
        identifiers: [{ kind: 'order-number', pattern: 'CMD-######' }],
      },
    ],
  },
)
