import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { presentTopics } from './present-topic.ts'
import { acceptTopic, dismissTopic, type TopicDeps } from './resolve-topic.ts'
import type { Topic } from './topic.ts'
import * as schemas from './topic-schemas.ts'

const CURATORS = ['knowledge-manager', 'supervisor'] as const
/** Posts shown with each topic of a list, and with one asked for by itself. */
const SHOWN = { inList: 10, alone: 200 }

/** Rising topics over HTTP: list, accept as labels, dismiss. */
export function topicRoutes(deps: TopicDeps): FastifyPluginAsyncTypebox {
  const one = async (topic: Topic, reader: Parameters<typeof presentTopics>[2]['reader']) => {
    const [presented] = await presentTopics(deps, [topic], { reader, posts: SHOWN.alone })
    return presented!
  }

  return async (app) => {
    app.get(
      '/insight/topics',
      {
        config: { allow: CURATORS },
        schema: {
          operationId: 'listTopics',
          summary: 'List rising topics: bursts of similar posts that fit no label',
          description: 'Newest first; open topics by default.',
          tags: ['insight'],
          querystring: schemas.TopicQuery,
          response: { 200: schemas.TopicPage },
        },
      },
      async ({
        query: { facet: name, status = 'open', limit = 20, cursor },
        actor: { audience: reader },
      }) => {
        const facet = name === undefined ? undefined : await deps.facets.require(name)
        const page = await deps.topics.list({
          reader,
          status,
          limit,
          facetId: facet?.id,
          cursor,
        })
        return { ...page, items: await presentTopics(deps, page.items, { reader, posts: SHOWN.inList }) }
      },
    )

    app.get(
      '/insight/topics/:id',
      {
        config: { allow: CURATORS },
        schema: {
          operationId: 'getTopic',
          summary: 'Get a topic with its posts',
          tags: ['insight'],
          params: schemas.TopicParams,
          response: { 200: schemas.TopicSchema },
        },
      },
      async ({ params, actor }) => one(await deps.topics.require(params.id, actor.audience), actor.audience),
    )

    app.post(
      '/insight/topics/:id/accept',
      {
        config: { allow: CURATORS },
        schema: {
          operationId: 'acceptTopic',
          summary: 'Accept a topic as a label',
          description:
            'Creates the label, or uses an existing one of that name. The posts of the topic stay with it as suggestions; with `annotate`, a job labels them.',
          tags: ['insight'],
          params: schemas.TopicParams,
          body: schemas.Acceptance,
          response: { 200: schemas.TopicSchema },
        },
      },
      async ({ params, body, actor }) =>
        one(await acceptTopic(deps, { ...params, ...body, actor }), actor.audience),
    )

    app.post(
      '/insight/topics/:id/dismiss',
      {
        config: { allow: CURATORS },
        schema: {
          operationId: 'dismissTopic',
          summary: 'Dismiss a topic',
          description: 'The topic is not proposed again for the same posts.',
          tags: ['insight'],
          params: schemas.TopicParams,
          body: schemas.Dismissal,
          response: { 200: schemas.TopicSchema },
        },
      },
      async ({ params, body, actor }) =>
        one(await dismissTopic(deps, { ...params, ...body, actor }), actor.audience),
    )
  }
}
