import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Actor, Role } from '../../access/actor.ts'
import type { ReviewDeps } from '../deps.ts'
import * as schemas from './skip-schemas.ts'
import { skipThread, undoSkip } from './skip-thread.ts'

const REVIEWERS = ['agent', 'knowledge-manager', 'supervisor'] as const
const OF_ALL: readonly Role[] = ['knowledge-manager', 'supervisor', 'admin']

/** Skipping threads of the review queue, over HTTP. */
export function skipRoutes(deps: ReviewDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/review/skips',
      {
        config: { allow: REVIEWERS },
        schema: {
          operationId: 'skipThread',
          summary: 'Skip a thread of the review queue, say that you are not sure, or dispute it',
          description:
            'The thread leaves your queue of this facet and goes to another agent. Skipping it again replaces the earlier skip.',
          tags: ['review'],
          body: schemas.NewSkip,
          response: { 201: schemas.SkipSchema },
        },
      },
      async ({ body, actor }, reply) => reply.code(201).send(await skipThread(deps, { ...body, actor })),
    )

    app.delete(
      '/review/skips/:id',
      {
        config: { allow: REVIEWERS },
        schema: {
          operationId: 'undoSkip',
          summary: 'Undo a skip of your own',
          description:
            'The thread returns to your queue, unless another agent holds it by now. Undoing again changes nothing.',
          tags: ['review'],
          params: schemas.SkipParams,
          response: { 200: schemas.SkipSchema },
        },
      },
      ({ params: { id }, actor }) => undoSkip(deps, { id, actor }),
    )

    app.get(
      '/review/skips',
      {
        config: { allow: REVIEWERS },
        schema: {
          operationId: 'listSkips',
          summary: 'List skips that were not undone, latest first',
          description: 'Agents see their own.',
          tags: ['review'],
          querystring: schemas.SkipListQuery,
          response: { 200: schemas.SkipPage },
        },
      },
      async ({ query: { limit = 20, agent, ...query }, actor }) => {
        const page = await deps.skips.list({
          ...query,
          limit,
          agent: agentFor(actor, agent),
          reader: actor.audience,
        })
        return { ...page, items: [...page.items] }
      },
    )

    app.get(
      '/review/skips/counts',
      {
        config: { allow: REVIEWERS },
        schema: {
          operationId: 'countSkips',
          summary: 'Count the skips of each agent',
          description: 'Those that were not undone, by facet. Agents see their own.',
          tags: ['review'],
          querystring: schemas.SkipCountQuery,
          response: { 200: schemas.SkipCounts },
        },
      },
      async ({ query: { agent, facet }, actor }) => ({
        items: await deps.skips.counts({ facet, agent: agentFor(actor, agent), reader: actor.audience }),
      }),
    )
  }
}

/** Whose skips an actor sees. */
function agentFor({ id, roles }: Actor, asked: string | undefined): string | undefined {
  return roles.some((role) => OF_ALL.includes(role)) ? asked : id
}
