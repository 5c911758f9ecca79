import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { ArticleDeps } from '../deps.ts'
import * as schemas from '../schemas.ts'
import { countUse, takeBackUse } from './count-use.ts'
import { giveFeedback } from './give-feedback.ts'
import * as uses from './use-schemas.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const tags = ['articles']

const UseParams = Type.Object({
  ...schemas.ArticleParams.properties,
  use: Type.String({ maxLength: 100, description: 'Id of the use' }),
})

/** What articles were used for, and whether they helped. */
export function useRoutes(deps: ArticleDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/articles/:id/uses',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'countArticleUse',
          summary: 'Count that an article was used to answer something',
          description: 'The same use counts once, whoever counts it: again, it answers 200.',
          tags,
          params: schemas.ArticleParams,
          body: uses.NewUse,
          response: { 200: uses.Use, 201: uses.Use },
        },
      },
      async ({ params: { id }, body, actor }, reply) => {
        const named = { id, kind: body.kind, reference: body.reference.trim(), actor }
        const { use, created } = await countUse(deps, named)
        const { id: useId, kind, reference, actorId } = use
        return reply.code(created ? 201 : 200).send({ id: useId, kind, reference, own: actorId === actor.id })
      },
    )

    app.delete(
      '/articles/:id/uses/:use',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'takeBackArticleUse',
          summary: 'Take back a use that you counted',
          tags,
          params: UseParams,
          response: { 204: Type.Null({ description: 'The use no longer counts' }) },
        },
      },
      async ({ params: { id, use: useId }, actor }, reply) => {
        await takeBackUse(deps, { id, useId, actor })
        return reply.code(204).send(null)
      },
    )

    app.post(
      '/articles/:id/feedback',
      {
        config: { allow: 'anyone' },
        schema: {
          operationId: 'giveArticleFeedback',
          summary: 'Say whether an article solved your problem',
          description:
            'Personal data is removed from the comment before it is stored. Where the problem is not solved, a comment opens a report. A person who is signed in counts once a day for an article, as they said last.',
          tags,
          params: schemas.ArticleParams,
          body: uses.Feedback,
          response: { 200: uses.Feedback, 201: uses.Feedback },
        },
      },
      async ({ params: { id }, body: { solved, comment }, actor, sessionId }, reply) => {
        const readerId = sessionId === undefined ? undefined : actor.id
        const { created, ...kept } = await giveFeedback(deps, { id, solved, comment, readerId, actor })
        return reply.code(created ? 201 : 200).send(kept)
      },
    )
  }
}
