import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import {
  type AnswerDeps,
  answerQuestion,
  lockForAnswer,
  showAnswering,
  unlockAnswer,
} from './answering/answer-question.ts'
import { type SuggestDeps, suggestAnswers } from './answering/suggest-answers.ts'
import { decideOnHeld, listHeld, type ModerationDeps } from './moderation/decide-on-held.ts'
import { retryAnswer, withdrawAnswer } from './outgoing/after-failure.ts'
import * as schemas from './question-schemas.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const ANSWERERS = ['agent', 'knowledge-manager'] as const
const tags = ['questions']

/** Questions of the help centre as colleagues answer and moderate them. */
export function questionRoutes(deps: AnswerDeps & SuggestDeps & ModerationDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/threads/:id/answering',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'getAnswering',
          summary: 'Get the questions of customers that a thread shows, and who is answering them',
          tags,
          params: schemas.ThreadParams,
          response: { 200: schemas.AnsweringSchema },
        },
      },
      async ({ params, actor }) => {
        const { questions, marks, outgoing, ...shown } = await showAnswering(deps, params.id, actor)
        return {
          ...shown,
          questions: questions.map(({ number, askedAt }) => ({ number, askedAt })),
          marks: [...marks],
          outgoing: outgoing.map(({ threadId: _, externalId: __, attempts: ___, ...each }) => each),
        }
      },
    )

    app.post(
      '/threads/:id/answers',
      {
        config: { allow: ANSWERERS },
        schema: {
          operationId: 'answerQuestion',
          summary: 'Answer a thread',
          description:
            'An answer to a question of the help centre becomes a post of the thread, is shown to the asker, and is mailed where the asker confirmed an address. One to a thread of a Discourse community of which an account is configured is posted there in the background.',
          tags,
          params: schemas.ThreadParams,
          body: schemas.NewAnswer,
          response: { 201: schemas.StoredAnswer },
        },
      },
      async ({ params, body, actor }, reply) =>
        reply
          .code(201)
          .send(await answerQuestion(deps, { threadId: params.id, body: body.body.trim(), actor })),
    )

    app.post(
      '/threads/:id/answers/:answer/retry',
      {
        config: { allow: ANSWERERS },
        schema: {
          operationId: 'retryAnswer',
          summary: 'Post an answer again that its community did not take',
          tags,
          params: schemas.AnswerParams,
          response: { 204: Type.Null({ description: 'It is on its way; again, it changes nothing' }) },
        },
      },
      async ({ params, actor }, reply) => {
        await retryAnswer(deps, { threadId: params.id, answerId: params.answer, actor })
        return reply.code(204).send(null)
      },
    )

    app.delete(
      '/threads/:id/answers/:answer',
      {
        config: { allow: ANSWERERS },
        schema: {
          operationId: 'withdrawAnswer',
          summary: 'Take back an answer that its community did not take',
          tags,
          params: schemas.AnswerParams,
          response: { 204: Type.Null({ description: 'It is gone' }) },
        },
      },
      async ({ params, actor }, reply) => {
        await withdrawAnswer(deps, { threadId: params.id, answerId: params.answer, actor })
        return reply.code(204).send(null)
      },
    )

    app.get(
      '/threads/:id/suggested-answers',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'suggestAnswers',
          summary: 'Suggest articles and resolved threads that may answer a thread',
          description:
            'At most three that you may see, the best first, each with the words that solve the problem.',
          tags,
          params: schemas.ThreadParams,
          response: { 200: schemas.SuggestedAnswers },
        },
      },
      async ({ params, actor }) => ({
        items: await suggestAnswers(deps, { threadId: params.id, actor }),
      }),
    )

    app.put(
      '/threads/:id/answering',
      {
        config: { allow: ANSWERERS },
        schema: {
          operationId: 'lockAnswering',
          summary: 'Say that you are writing an answer',
          description: 'Holds for two minutes, or until the answer is sent; repeat it while you write.',
          tags,
          params: schemas.ThreadParams,
          body: schemas.NewLock,
          response: { 200: schemas.LockSchema },
        },
      },
      async ({ params, body, actor }) => {
        const takeOver = body.takeOver === true
        const holder = await lockForAnswer(deps, { threadId: params.id, actor, takeOver })
        return { holder, own: holder.id === actor.id }
      },
    )

    app.delete(
      '/threads/:id/answering',
      {
        config: { allow: ANSWERERS },
        schema: {
          operationId: 'unlockAnswering',
          summary: 'Say that you write no answer',
          tags,
          params: schemas.ThreadParams,
          response: { 204: Type.Null({ description: 'You hold no lock' }) },
        },
      },
      async ({ params, actor }, reply) => {
        await unlockAnswer(deps, params.id, actor)
        return reply.code(204).send(null)
      },
    )

    app.get(
      '/questions/held',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listHeldQuestions',
          summary: 'List the questions that wait for a release, the oldest first',
          description: 'At most 100: the next ones come when these are decided.',
          tags,
          response: { 200: schemas.HeldQuestions },
        },
      },
      async ({ actor }) => ({
        items: (await listHeld(deps, actor)).map(
          ({ id, number, title = '', body = '', language, topic, askedAt, heldFor }) => ({
            ...{ id, number, title, body, language, topic, askedAt },
            heldFor: [...heldFor],
          }),
        ),
      }),
    )

    for (const decision of ['release', 'reject'] as const)
      app.post(
        `/questions/:id/${decision}`,
        {
          config: { allow: ANSWERERS },
          schema: {
            operationId: `${decision}Question`,
            summary:
              decision === 'release'
                ? 'Release a held or rejected question, which becomes a thread'
                : 'Reject a held question',
            tags,
            params: schemas.QuestionParams,
            response: { 204: Type.Null({ description: 'Decided; again, it changes nothing' }) },
          },
        },
        async ({ params, actor }, reply) => {
          await decideOnHeld(deps, { id: params.id, decision, actor })
          return reply.code(204).send(null)
        },
      )
  }
}
