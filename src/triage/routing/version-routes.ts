import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { entityTag, requireVersionIn } from '../../platform/entity-tag.ts'
import { PageQuery } from '../../platform/page-schema.ts'
import type { TriageDeps } from '../deps.ts'
import * as schemas from '../schemas.ts'
import { compareRuleSets } from './diff-rule-sets.ts'
import { restoreRuleSet } from './save-rule-set.ts'

const READERS = ['agent', 'knowledge-manager', 'supervisor'] as const
const EDITORS = ['supervisor'] as const

/** Versions of the routing rules over HTTP. */
export function versionRoutes(deps: TriageDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/routing/rules/versions',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listRoutingRuleVersions',
          summary: 'List the versions of the routing rules, latest first',
          tags: ['triage'],
          querystring: PageQuery,
          response: { 200: schemas.VersionPage },
        },
      },
      ({ query: { limit = 20, cursor } }) => deps.ruleSets.list({ limit, cursor }),
    )

    app.get(
      '/routing/rules/versions/:version',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getRoutingRuleVersion',
          summary: 'Get a version of the routing rules',
          tags: ['triage'],
          params: schemas.VersionParams,
          response: { 200: schemas.StoredRuleSetSchema },
        },
      },
      ({ params }) => deps.ruleSets.require(params.version),
    )

    app.get(
      '/routing/rules/diff',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'compareRoutingRules',
          summary: 'Compare two versions of the routing rules',
          tags: ['triage'],
          querystring: schemas.DiffQuery,
          response: { 200: schemas.RuleSetDiffSchema },
        },
      },
      ({ query }) => compareRuleSets(deps, query),
    )

    app.post(
      '/routing/rules/versions/:version/restore',
      {
        config: { allow: EDITORS },
        schema: {
          operationId: 'restoreRoutingRules',
          summary: 'Put an earlier version of the routing rules in force again',
          description: 'Adds a version with its rules; nothing is deleted. A job routes all threads again.',
          tags: ['triage'],
          params: schemas.VersionParams,
          headers: schemas.RuleSetHeaders,
          response: { 200: schemas.StoredRuleSetSchema },
        },
      },
      async (request, reply) => {
        const saved = await restoreRuleSet(deps, {
          version: request.params.version,
          basedOn: requireVersionIn(request.headers['if-match']),
          actor: request.actor,
        })
        return reply.header('etag', entityTag(saved.version)).send(saved)
      },
    )
  }
}
