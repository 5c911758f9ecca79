import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { entityTag, requireVersionIn } from '../../platform/entity-tag.ts'
import { readerOf } from '../readable-articles.ts'
import { countCandidates, listCandidates, requireCandidate } from './candidate-list.ts'
import * as schemas from './candidate-schemas.ts'
import { decideCandidates } from './decisions/decide-candidates.ts'
import * as decisions from './decisions/decision-schemas.ts'
import { undoDecisions } from './decisions/undo-decisions.ts'
import type { CandidateDeps } from './deps.ts'
import { candidateErrors } from './errors.ts'
import { presentCandidates, presentDetails } from './present-candidate.ts'
import { changeWeights } from './ranking/change-weights.ts'

const READERS = ['agent', 'knowledge-manager', 'supervisor'] as const
const EDITORS = ['knowledge-manager'] as const
const tags = ['candidates']

/** What deserves an article, over HTTP: the ranked list, what people decide, and what the ranking rests on. */
export function candidateRoutes(deps: CandidateDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/candidates',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listCandidates',
          summary: 'List candidates for articles, those worth most first',
          description:
            'Threads that ask the same are one candidate. Only those of which you may see every thread.',
          tags,
          querystring: schemas.CandidateListQuery,
          response: { 200: schemas.CandidatePage },
        },
      },
      async ({ query: { state = 'open', limit = 20, ...query }, actor }) => {
        const page = await listCandidates(deps, { ...query, state, limit, reader: readerOf(actor) })
        return { ...page, items: await presentCandidates(deps, page.items, actor) }
      },
    )

    app.get(
      '/candidates/counts',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'countCandidates',
          summary: 'Count candidates by type, language and category',
          description: 'Takes the filters of the list. Each group is counted without its own filter.',
          tags,
          querystring: schemas.CandidateCountQuery,
          response: { 200: schemas.CandidateCountsSchema },
        },
      },
      ({ query: { state = 'open', ...query }, actor }) =>
        countCandidates(deps, { ...query, state, reader: readerOf(actor) }),
    )

    app.get(
      '/candidates/weights',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getCandidateWeights',
          summary: 'Get what candidates are ranked by',
          tags,
          response: { 200: schemas.WeightsSchema },
        },
      },
      async (_request, reply) => {
        const { version, weights } = await deps.weights.current()
        return reply.header('etag', entityTag(version)).send(weights)
      },
    )

    app.put(
      '/candidates/weights',
      {
        config: { allow: EDITORS },
        schema: {
          operationId: 'changeCandidateWeights',
          summary: 'Change what candidates are ranked by',
          description: 'Costs count at once. A job ranks all candidates again by the other weights.',
          tags,
          headers: schemas.WeightsHeaders,
          body: schemas.WeightsSchema,
          response: { 200: schemas.WeightsSchema },
        },
      },
      async ({ body, headers, actor }, reply) => {
        const basedOn = requireVersionIn(headers['if-match'])
        const { version, weights } = await changeWeights(deps, { weights: body, basedOn, actor })
        return reply.header('etag', entityTag(version)).send(weights)
      },
    )

    app.get(
      '/candidates/:id',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getCandidate',
          summary: 'Get a candidate with its threads, and what its type and worth rest on',
          tags,
          params: schemas.CandidateParams,
          response: { 200: schemas.CandidateDetailsSchema },
        },
      },
      async ({ params: { id }, actor }) => {
        const candidate = await requireCandidate(deps.db, id, readerOf(actor))
        const details = await presentDetails(deps, candidate, actor)
        if (details === undefined) throw candidateErrors.CANDIDATE_NOT_FOUND({ id })
        return details
      },
    )

    app.post(
      '/candidates/decisions',
      {
        config: { allow: EDITORS },
        schema: {
          operationId: 'decideCandidates',
          summary: 'Decline, link, merge or promote candidates',
          description:
            'Up to 100, each on its own: for every candidate, the answer has its decision or the code of its problem.',
          tags,
          body: decisions.DecisionBody,
          response: { 200: decisions.Decided },
        },
      },
      async ({ body, actor }) => ({ items: await decideCandidates(deps, { ...body, actor }) }),
    )

    app.post(
      '/candidates/decisions/undo',
      {
        config: { allow: EDITORS },
        schema: {
          operationId: 'undoCandidateDecisions',
          summary: 'Undo decisions on candidates',
          description:
            'Up to 100, each on its own. A merge gives its threads back; a promotion archives its draft, as long as nobody worked on it.',
          tags,
          body: decisions.UndoBody,
          response: { 200: decisions.Undone },
        },
      },
      async ({ body: { decisionIds }, actor }) => ({
        items: await undoDecisions(deps, { decisionIds, actor }),
      }),
    )
  }
}
