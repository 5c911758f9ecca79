import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { entityTag, requireVersionIn } from '../../platform/entity-tag.ts'
import { whenLeft } from '../../platform/when-left.ts'
import type { TriageDeps } from '../deps.ts'
import { readLabelledTriage } from '../read-triage.ts'
import * as schemas from '../schemas.ts'
import { limitDepth } from './check-rule-set.ts'
import { countDecisions } from './count-decisions.ts'
import { RuleSetSchema } from './routing-schemas.ts'
import { saveRuleSet } from './save-rule-set.ts'
import { simulateRuleSet } from './simulate-rule-set.ts'

const READERS = ['agent', 'knowledge-manager', 'supervisor'] as const
const EDITORS = ['supervisor'] as const

/** Routing rules and the decisions on a thread, over HTTP. */
export function routingRoutes(deps: TriageDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/routing/rules',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getRoutingRules',
          summary: 'Get the routing rules',
          tags: ['triage'],
          response: { 200: schemas.StoredRuleSetSchema },
        },
      },
      async (_request, reply) => {
        const ruleSet = await deps.ruleSets.current()
        return reply.header('etag', entityTag(ruleSet.version)).send(ruleSet)
      },
    )

    app.put(
      '/routing/rules',
      {
        config: { allow: EDITORS },
        preValidation: async (request) => limitDepth(request.body),
        schema: {
          operationId: 'saveRoutingRules',
          summary: 'Replace the routing rules',
          description: 'A job routes all threads again.',
          tags: ['triage'],
          headers: schemas.RuleSetHeaders,
          body: RuleSetSchema,
          response: { 200: schemas.StoredRuleSetSchema },
        },
      },
      async (request, reply) => {
        const saved = await saveRuleSet(deps, {
          ruleSet: request.body,
          basedOn: requireVersionIn(request.headers['if-match']),
          actor: request.actor,
        })
        return reply.header('etag', entityTag(saved.version)).send(saved)
      },
    )

    app.get(
      '/routing/rules/counts',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'countRoutingDecisions',
          summary: 'Count the threads that each routing rule decides',
          description: 'Of the threads that you may see, by their current decisions.',
          tags: ['triage'],
          response: { 200: schemas.RuleCountsSchema },
        },
      },
      ({ actor }) => countDecisions(deps, { reader: actor.audience }),
    )

    app.post(
      '/routing/simulate',
      {
        config: { allow: EDITORS, idempotent: false },
        preValidation: async (request) => limitDepth(request.body),
        schema: {
          operationId: 'simulateRoutingRules',
          summary: 'Try routing rules on stored threads',
          description:
            'Compares them with the present rules, on the threads that you may see. Stores nothing.',
          tags: ['triage'],
          body: RuleSetSchema,
          response: { 200: schemas.SimulationSchema },
        },
      },
      (request, reply) =>
        simulateRuleSet(deps, {
          ruleSet: request.body,
          reader: request.actor.audience,
          signal: whenLeft(reply.raw),
        }),
    )

    app.get(
      '/threads/:id/triage',
      {
        config: { allow: ['router', ...READERS] },
        schema: {
          operationId: 'getThreadTriage',
          summary: 'Get the labels, the predictions and the routing of a thread',
          tags: ['triage'],
          params: schemas.ThreadParams,
          response: { 200: schemas.ThreadTriageSchema },
        },
      },
      async (request) => {
        const { id, source } = await deps.threads.require(request.params.id, request.actor.audience)
        return readLabelledTriage(deps, id, source)
      },
    )
  }
}
