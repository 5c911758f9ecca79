import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { defineErrors } from '../platform/errors.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'
import { discardJob, type ManageJobsDeps, retryJob, retryJobs } from './manage-jobs.ts'
import * as schemas from './schemas.ts'
import { type SystemStatusDeps, systemStatus } from './system-status.ts'

const config = { allow: [] } as const
const tags = ['operation']

export const operationErrors = defineErrors({
  OPERATIONS_INTERNAL_ONLY: [
    403,
    'Jobs and the state of the service quote content of any audience, so only administrators with the audience internal may see them',
  ],
})

type OperationsDeps = ManageJobsDeps & SystemStatusDeps & { readonly jobs: Pick<JobStore, 'list'> }

/** Jobs and the state of the service, for administrators who see everything. */
export function operationsRoutes(deps: OperationsDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('preValidation', async ({ actor }) => {
      if (actor.audience !== 'internal') throw operationErrors.OPERATIONS_INTERNAL_ONLY()
    })

    app.get(
      '/jobs',
      {
        config,
        schema: {
          operationId: 'listJobs',
          summary: 'List jobs in a state, newest first',
          description: 'Failed ones, unless told otherwise. Personal data in errors is redacted.',
          tags,
          querystring: schemas.JobsQuery,
          response: { 200: schemas.JobPage },
        },
      },
      async ({ query: { state = 'failed', limit = 20, ...query } }) => {
        const { items, ...page } = await deps.jobs.list({ state, limit, ...query })
        return { ...page, items: [...items] }
      },
    )

    app.post(
      '/jobs/:id/retry',
      {
        config,
        schema: {
          operationId: 'retryJob',
          summary: 'Run a failed job again',
          tags,
          params: schemas.JobParams,
          response: { 202: schemas.JobQueued },
        },
      },
      async ({ params, actor }, reply) => {
        await retryJob(deps, { ...params, actor })
        return reply.code(202).send({ jobQueued: true })
      },
    )

    app.post(
      '/jobs/retry',
      {
        config,
        schema: {
          operationId: 'retryJobs',
          summary: 'Run all failed jobs again, or those of a type',
          description: 'Up to 1,000 of them.',
          tags,
          body: schemas.RetryBody,
          response: { 200: schemas.Retried },
        },
      },
      async ({ body, actor }) => ({ retried: await retryJobs(deps, { ...body, actor }) }),
    )

    app.delete(
      '/jobs/:id',
      {
        config,
        schema: {
          operationId: 'discardJob',
          summary: 'Discard a failed job',
          tags,
          params: schemas.JobParams,
          response: { 204: Type.Null({ description: 'The job is deleted, and will not be done' }) },
        },
      },
      async ({ params, actor }, reply) => {
        await discardJob(deps, { ...params, actor })
        return reply.code(204).send(null)
      },
    )

    app.get(
      '/system',
      {
        config,
        schema: {
          operationId: 'getSystem',
          summary: 'Get the versions, the schema and the queues of the service',
          tags,
          response: { 200: schemas.System },
        },
      },
      () => systemStatus(deps),
    )
  }
}
