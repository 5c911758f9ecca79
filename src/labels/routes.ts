import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { PageQuery } from '../platform/page-schema.ts'
import { measureFacetAgreement } from './agreement/measure-agreement.ts'
import { correctLabel, correctLabels, revokeAnnotation, revokeAnnotations } from './annotate-thread.ts'
import { changeFacet, changeLabel, createFacet, createLabel } from './define-facet.ts'
import type { DisagreementDeps } from './deps.ts'
import { guideLabels } from './guidelines/guide-labels.ts'

import * as schemas from './schemas.ts'

const READERS = ['agent', 'knowledge-manager', 'supervisor'] as const
const ANNOTATORS = READERS
const EDITORS = ['supervisor'] as const

/** Facets, labels and annotations over HTTP. */
export function labelRoutes(deps: DisagreementDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/facets',
      {
        config: { allow: ['router', ...READERS] },
        schema: {
          operationId: 'listFacets',
          summary: 'List facets',
          tags: ['labels'],
          response: { 200: schemas.FacetList },
        },
      },
      async () => ({ items: await deps.facets.all() }),
    )

    app.post(
      '/facets',
      {
        config: { allow: EDITORS },
        schema: {
          operationId: 'createFacet',
          summary: 'Add a facet',
          tags: ['labels'],
          body: schemas.NewFacet,
          response: { 201: schemas.Facet },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await createFacet(deps, { ...request.body, actor: request.actor })),
    )

    app.get(
      '/facets/:facet',
      {
        config: { allow: ['router', ...READERS] },
        schema: {
          operationId: 'getFacet',
          summary: 'Get a facet',
          tags: ['labels'],
          params: schemas.FacetParams,
          response: { 200: schemas.Facet },
        },
      },
      async (request) => deps.facets.require(request.params.facet),
    )

    app.patch(
      '/facets/:facet',
      {
        config: { allow: EDITORS },
        schema: {
          operationId: 'changeFacet',
          summary: 'Change the description, risk budget or required parity of a facet',
          description:
            'A new risk budget applies at once; see its cost at `/api/models/{facet}/budgets`. Required parity applies from the next training on.',
          tags: ['labels'],
          params: schemas.FacetParams,
          body: schemas.FacetChange,
          response: { 200: schemas.Facet },
        },
      },
      async (request) => changeFacet(deps, { ...request.params, ...request.body, actor: request.actor }),
    )

    app.get(
      '/facets/:facet/labels',
      {
        config: { allow: ['router', ...READERS] },
        schema: {
          operationId: 'listLabels',
          summary: 'List the labels of a facet by name, with the guidelines from rulings',
          tags: ['labels'],
          params: schemas.FacetParams,
          querystring: PageQuery,
          response: { 200: schemas.LabelPage },
        },
      },
      async (request) => {
        const facet = await deps.facets.require(request.params.facet)
        const page = await deps.facets.labels(facet.id, request.query)
        return { ...page, items: await guideLabels(deps, page.items, request.actor.audience) }
      },
    )

    app.get(
      '/facets/:facet/agreement',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getAgreement',
          summary: 'Measure agreement between agents who labelled the same threads blind',
          description: 'Krippendorff’s alpha of the facet and of each label, from blind annotations only.',
          tags: ['labels'],
          params: schemas.FacetParams,
          response: { 200: schemas.Agreement },
        },
      },
      async ({ params: { facet }, actor }) => {
        const agreement = await measureFacetAgreement(deps, { facet, reader: actor.audience })
        return { ...agreement, labels: [...agreement.labels] }
      },
    )

    app.post(
      '/facets/:facet/labels',
      {
        config: { allow: EDITORS },
        schema: {
          operationId: 'createLabel',
          summary: 'Add a label to a facet',
          tags: ['labels'],
          params: schemas.FacetParams,
          body: schemas.NewLabel,
          response: { 201: schemas.Label },
        },
      },
      async (request, reply) => {
        const { name, ...rest } = request.body
        const { facet } = request.params
        return reply
          .code(201)
          .send(await createLabel(deps, { facet, label: name, ...rest, actor: request.actor }))
      },
    )

    app.patch(
      '/facets/:facet/labels/:label',
      {
        config: { allow: EDITORS },
        schema: {
          operationId: 'changeLabel',
          summary:
            'Change the description or the risk budget of a label, or from when on it protects threads',
          description:
            'A new budget applies at once; see its cost at `/api/models/{facet}/budgets`. Protected threads are internal, and neither promoted nor published, until two people release them.',
          tags: ['labels'],
          params: schemas.LabelParams,
          body: schemas.LabelChange,
          response: { 200: schemas.Label },
        },
      },
      async (request) => changeLabel(deps, { ...request.params, ...request.body, actor: request.actor }),
    )

    app.post(
      '/threads/:id/annotations',
      {
        config: { allow: ANNOTATORS },
        schema: {
          operationId: 'correctLabel',
          summary: 'Annotate a thread with a label of one facet',
          description: 'Appended, never overwritten; the same label again is a confirmation.',
          tags: ['labels'],
          params: schemas.ThreadParams,
          body: schemas.NewAnnotation,
          response: { 201: schemas.Annotation },
        },
      },
      async (request, reply) =>
        reply.code(201).send(
          await correctLabel(deps, {
            threadId: request.params.id,
            ...request.body,
            actor: request.actor,
          }),
        ),
    )

    app.post(
      '/annotations',
      {
        config: { allow: ANNOTATORS },
        schema: {
          operationId: 'correctLabels',
          summary: 'Annotate several threads, all or none',
          description:
            'Up to 100 annotations, answered in the same order. One that is refused refuses all; the problem names its thread or label. Send their ids to `/api/annotations/revoke` to undo.',
          tags: ['labels'],
          body: schemas.NewAnnotations,
          response: { 201: schemas.AnnotationList },
        },
      },
      async ({ body: { items }, actor }, reply) =>
        reply.code(201).send({ items: await correctLabels(deps, { items, actor }) }),
    )

    app.post(
      '/annotations/revoke',
      {
        config: { allow: ANNOTATORS },
        schema: {
          operationId: 'revokeAnnotations',
          summary: 'Revoke several annotations, all or none',
          description:
            'Up to 100, your own or, as a supervisor, anyone’s. For all annotations of an agent, see `/api/revocations`.',
          tags: ['labels'],
          body: schemas.AnnotationIds,
          response: { 200: schemas.AnnotationList },
        },
      },
      async ({ body: { ids }, actor }) => ({ items: await revokeAnnotations(deps, { ids, actor }) }),
    )

    app.get(
      '/threads/:id/annotations',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listAnnotations',
          summary: 'List the annotations of a thread, including revoked ones',
          tags: ['labels'],
          params: schemas.ThreadParams,
          response: { 200: schemas.AnnotationHistory },
        },
      },
      async (request) => {
        const thread = await deps.threads.require(request.params.id, request.actor.audience)
        return { items: await deps.annotations.history(thread.id) }
      },
    )

    app.delete(
      '/annotations/:id',
      {
        config: { allow: ANNOTATORS },
        schema: {
          operationId: 'revokeAnnotation',
          summary: 'Revoke an annotation',
          description:
            'Your own, or anyone’s as a supervisor. It stays in the history but no longer counts. Revoking again changes nothing.',
          tags: ['labels'],
          params: schemas.AnnotationParams,
          response: { 200: schemas.Annotation },
        },
      },
      async (request) => revokeAnnotation(deps, { id: request.params.id, actor: request.actor }),
    )
  }
}
