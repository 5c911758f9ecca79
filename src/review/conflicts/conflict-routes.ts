import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { reviewErrors } from '../errors.ts'
import type { ConflictDeps } from './conflict-deps.ts'
import * as schemas from './conflict-schemas.ts'
import { ruleOnConflict } from './rule-on-conflict.ts'
import { showConflicts } from './show-conflicts.ts'

const READERS = ['knowledge-manager', 'supervisor'] as const
const RULERS = ['knowledge-manager'] as const

/** The conflict inbox over HTTP. */
export function conflictRoutes(deps: ConflictDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/conflicts',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listConflicts',
          summary: 'List conflicts: threads whose label is in doubt, the most doubtful first',
          description:
            'Finds blind annotations that differ, improbable labels, and near-duplicates with different labels; shows who gave which label and why, and the guidelines of the labels at stake. For similar labelled threads, see `/api/threads/{id}/explanation`. A thread appears once per facet. A conflict closes by itself when the reasons no longer apply.',
          tags: ['review'],
          querystring: schemas.ConflictQuery,
          response: { 200: schemas.ConflictPage },
        },
      },
      async ({ query: { facet: name, limit = 20, ...rest }, actor }) => {
        const reader = actor.audience
        const facetId = name === undefined ? undefined : (await deps.facets.require(name)).id
        const page = await deps.conflicts.list({
          ...rest,
          reader,
          limit,
          facetId,
        })
        return { ...page, items: await showConflicts(deps, page.items, reader) }
      },
    )

    app.get(
      '/conflicts/:id',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getConflict',
          summary: 'Get a conflict, open or closed',
          tags: ['review'],
          params: schemas.ConflictParams,
          response: { 200: schemas.ConflictSchema },
        },
      },
      async ({ params: { id }, actor }) => {
        const conflict = await deps.conflicts.require(id, actor.audience)
        const [shown] = await showConflicts(deps, [conflict], actor.audience)
        if (shown === undefined) throw reviewErrors.CONFLICT_NOT_FOUND({ id })
        return shown
      },
    )

    app.post(
      '/conflicts/:id/ruling',
      {
        config: { allow: RULERS },
        schema: {
          operationId: 'ruleOnConflict',
          summary: 'Resolve a conflict by a ruling',
          description:
            'A ruling outranks all other annotations until it is revoked. Send a `label`, or `confirm` to confirm the label in force.',
          tags: ['review'],
          params: schemas.ConflictParams,
          body: schemas.NewRuling,
          response: { 201: schemas.RuledConflictSchema },
        },
      },
      async ({ params, body, actor }, reply) =>
        reply.code(201).send(await ruleOnConflict(deps, { ...params, ...body, actor })),
    )
  }
}
