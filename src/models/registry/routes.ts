import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { PageQuery } from '../../platform/page-schema.ts'
import type { ModelDeps } from '../deps.ts'
import { requestTraining } from '../training/request-training.ts'
import { activateVersion } from './activate-version.ts'
import { compareVersions, presentVersion } from './compare-versions.ts'
import type { ModelRegistry } from './model-registry.ts'
import * as schemas from './schemas.ts'
import { standingOf } from './standing.ts'

const READERS = ['agent', 'knowledge-manager', 'supervisor'] as const
const EDITORS = ['supervisor'] as const

/** Model versions over HTTP: train, list, compare, activate. */
export function modelRoutes(
  deps: ModelDeps & { readonly registry: ModelRegistry },
): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/models',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listModels',
          summary: 'List facets with their active model version and the latest one',
          tags: ['models'],
          response: { 200: schemas.ModelList },
        },
      },
      async () => {
        const items = []
        for (const facet of await deps.facets.all()) {
          const active = await deps.versions.active(facet.id)
          const latest = await deps.versions.latest(facet.id)
          items.push({
            facet: facet.name,
            ...(active && { active: presentVersion(facet.name, active) }),
            ...(latest && { latest: presentVersion(facet.name, latest) }),
          })
        }
        return { items }
      },
    )

    app.post(
      '/models/:facet/train',
      {
        config: { allow: EDITORS },
        schema: {
          operationId: 'trainModel',
          summary: 'Train a model for a facet',
          description: 'Adds a job. If one is already waiting, nothing is added.',
          tags: ['models'],
          params: schemas.FacetParams,
          response: { 202: schemas.TrainingRequested },
        },
      },
      async (request, reply) => {
        await requestTraining(deps, { facet: request.params.facet, actor: request.actor })
        return reply.code(202).send({ jobQueued: true })
      },
    )

    app.get(
      '/models/:facet/versions',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listModelVersions',
          summary: 'List the model versions of a facet, newest first',
          tags: ['models'],
          params: schemas.FacetParams,
          querystring: PageQuery,
          response: { 200: schemas.VersionPage },
        },
      },
      async (request) => {
        const facet = await deps.facets.require(request.params.facet)
        const page = await deps.versions.list(facet.id, request.query)
        return { ...page, items: page.items.map((version) => presentVersion(facet.name, version)) }
      },
    )

    app.get(
      '/models/:facet/versions/:version',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getModelVersion',
          summary: 'Get a model version with its report and standing, optionally compared with another',
          tags: ['models'],
          params: schemas.VersionParams,
          querystring: schemas.CompareQuery,
          response: { 200: schemas.VersionDetails },
        },
      },
      async (request) => {
        const { compare } = request.query
        const facet = await deps.facets.require(request.params.facet)
        const version = await deps.versions.require(facet, request.params.version)
        const standing = await standingOf(deps, { facet, version })
        const details = { ...presentVersion(facet.name, version), standing, report: version.report }
        if (compare === undefined) return details
        const other = await deps.versions.require(facet, compare)
        return { ...details, comparison: compareVersions(version, other) }
      },
    )

    app.post(
      '/models/:facet/versions/:version/activate',
      {
        // Checking the artefact takes longer than a write transaction may; activating twice changes nothing anyway.
        config: { allow: EDITORS, idempotent: false },
        schema: {
          operationId: 'activateModelVersion',
          summary: 'Activate a model version: roll back, or overrule the gate',
          tags: ['models'],
          params: schemas.VersionParams,
          response: { 200: schemas.Version },
        },
      },
      async (request) => {
        const { facet } = request.params
        return presentVersion(facet, await activateVersion(deps, { ...request.params, actor: request.actor }))
      },
    )
  }
}
