import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { entityTag, requireVersionIn, versionIn } from '../platform/entity-tag.ts'
import type { Article } from './article.ts'
import type { ArticleDeps } from './deps.ts'
import { editArticle } from './edit-article.ts'
import { articleErrors } from './errors.ts'
import * as lists from './list-schemas.ts'
import { type ArticleView, presentArticle } from './present-article.ts'
import { promoteThread } from './promotion/promote-thread.ts'
import { promoteTogether } from './promotion/promote-together.ts'
import { Publication, State } from './publication/publication-schemas.ts'
import { archiveArticle, publishArticle } from './publication/publish-article.ts'
import { setState } from './publication/set-state.ts'
import { readerOf } from './readable-articles.ts'
import { restoreRevision } from './restore-revision.ts'
import * as schemas from './schemas.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const tags = ['articles']

/** Promoting threads, and the life of articles. */
export function articleRoutes(deps: ArticleDeps): FastifyPluginAsyncTypebox {
  /** The article as the caller may see it, with its ETag. */
  async function show(article: Article, request: FastifyRequest, reply: FastifyReply): Promise<ArticleView> {
    reply.header('etag', entityTag(article.revision))
    return presentArticle(deps, article, request.actor)
  }

  return async (app) => {
    app.post(
      '/threads/:id/promote',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'promoteThread',
          summary: 'Promote a thread to a draft article',
          description:
            'A thread becomes one article only: promoting it again answers 200 with the same article.',
          tags,
          params: schemas.ThreadParams,
          response: { 200: schemas.Article, 201: schemas.Article },
        },
      },
      async (request, reply) => {
        const { id: threadId } = request.params
        const { article, created } = await promoteThread(deps, { threadId, actor: request.actor })
        return reply.code(created ? 201 : 200).send(await show(article, request, reply))
      },
    )

    app.post(
      '/articles',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'promoteTogether',
          summary: 'Promote threads that ask the same to one draft article',
          description:
            'The first is the lead, whose title and issue the draft has. A thread becomes one article only: promoting the same threads again answers 200 with the same article.',
          tags,
          body: schemas.TogetherBody,
          response: { 200: schemas.Article, 201: schemas.Article },
        },
      },
      async (request, reply) => {
        const { threadIds } = request.body
        const { article, created } = await promoteTogether(deps, { threadIds, actor: request.actor })
        return reply.code(created ? 201 : 200).send(await show(article, request, reply))
      },
    )

    app.get(
      '/articles',
      {
        config: { allow: 'anyone' },
        schema: {
          operationId: 'listArticles',
          summary: 'List articles, most recently changed first',
          description: 'Drafts and archived articles are listed only for roles that edit articles.',
          tags,
          querystring: lists.ArticleQuerystring,
          response: { 200: lists.ArticlePage },
        },
      },
      async (request) => {
        const reader = readerOf(request.actor)
        if (request.query.flagged === true && !reader.seesDrafts)
          throw articleErrors.ARTICLE_FLAGS_FORBIDDEN()
        if (request.query.sort === 'used' && !reader.seesDrafts) throw articleErrors.ARTICLE_USES_FORBIDDEN()
        const { q: text, ...query } = request.query
        const { items, ...page } = await deps.articles.list({ limit: 20, ...query, text, reader })
        if (!reader.seesDrafts) return { ...page, items: [...items] }
        const ids = items.map(({ id }) => id)
        const flags = await deps.citations.flagCounts(ids, reader.audience)
        return { ...page, items: items.map((article) => ({ ...article, flags: flags.get(article.id) ?? 0 })) }
      },
    )

    app.get(
      '/articles/counts',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'countArticles',
          summary: 'Count articles by confidence',
          tags,
          querystring: lists.ArticleCountsQuerystring,
          response: { 200: lists.ArticleCounts },
        },
      },
      async ({ query: { q: text, ...filters }, actor }) =>
        deps.articles.counts({ ...filters, text, reader: readerOf(actor) }),
    )

    app.get(
      '/articles/:id',
      {
        config: { allow: 'anyone' },
        schema: {
          operationId: 'getArticle',
          summary: 'Get an article with its citations and authors',
          tags,
          params: schemas.ArticleParams,
          response: { 200: schemas.Article },
        },
      },
      async (request, reply) => {
        const reader = readerOf(request.actor)
        const article = await deps.articles.require(request.params.id, reader)
        if (!reader.seesDrafts) deps.reads.note(article.id)
        return show(article, request, reply)
      },
    )

    app.patch(
      '/articles/:id',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'editArticle',
          summary: 'Edit an article',
          description:
            'Each change creates a revision. A published article stays published with the new text, unless its category demands an approval.',
          tags,
          params: schemas.ArticleParams,
          headers: schemas.RequiredIfMatch,
          body: schemas.ArticleChange,
          response: { 200: schemas.Article },
        },
      },
      async (request, reply) => {
        const { significant, ...change } = request.body
        const revision = requireVersionIn(request.headers['if-match'])
        const article = await editArticle(deps, {
          id: request.params.id,
          revision,
          change,
          significant,
          actor: request.actor,
        })
        return show(article, request, reply)
      },
    )

    app.get(
      '/articles/:id/revisions',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listRevisions',
          summary: 'List the revisions of an article, newest first',
          tags,
          params: schemas.ArticleParams,
          querystring: lists.RevisionQuerystring,
          response: { 200: lists.Revisions },
        },
      },
      async (request) => {
        const { id } = await deps.articles.require(request.params.id, readerOf(request.actor))
        const reader = request.actor.audience
        const { items, ...page } = await deps.revisions.list(id, { limit: 20, ...request.query, reader })
        return { ...page, items: [...items] }
      },
    )

    app.post(
      '/articles/:id/revisions/:number/restore',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'restoreRevision',
          summary: 'Restore the content of an earlier revision',
          description: 'Creates a revision. Confidence and audience stay as they are.',
          tags,
          params: schemas.RevisionParams,
          querystring: schemas.SignificantQuery,
          headers: schemas.RequiredIfMatch,
          response: { 200: schemas.Article },
        },
      },
      async (request, reply) => {
        const revision = requireVersionIn(request.headers['if-match'])
        const { params, query, actor } = request
        return show(await restoreRevision(deps, { ...params, ...query, revision, actor }), request, reply)
      },
    )

    app.post(
      '/articles/:id/publish',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'publishArticle',
          summary: 'Publish an article to an audience',
          description:
            'The article is found by the next search. Send confirmWiderAudience to publish to a wider audience than the cited posts have. Personal data must have been redacted or waived before. Publishing again to the same audience changes nothing.',
          tags,
          params: schemas.ArticleParams,
          headers: schemas.OptionalIfMatch,
          body: Publication,
          response: { 200: schemas.Article },
        },
      },
      async (request, reply) => {
        const article = await publishArticle(deps, { ...request.body, ...namedIn(request) })
        return show(article, request, reply)
      },
    )

    app.put(
      '/articles/:id/state',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'setArticleState',
          summary: 'Move an article to another confidence or audience',
          description:
            'From any state to any: an archived article can come back, a validated one can be doubted. Validating and widening are refused as publishing is.',
          tags,
          params: schemas.ArticleParams,
          headers: schemas.OptionalIfMatch,
          body: State,
          response: { 200: schemas.Article },
        },
      },
      async (request, reply) =>
        show(await setState(deps, { ...request.body, ...namedIn(request) }), request, reply),
    )

    app.post(
      '/articles/:id/archive',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'archiveArticle',
          summary: 'Archive an article',
          tags,
          params: schemas.ArticleParams,
          headers: schemas.OptionalIfMatch,
          response: { 200: schemas.Article },
        },
      },
      async (request, reply) => show(await archiveArticle(deps, namedIn(request)), request, reply),
    )
  }
}

/** The article that a request is about, who asks, and at which revision if they name one. */
function namedIn(request: Pick<FastifyRequest, 'actor' | 'headers'> & { params: { id: string } }) {
  return {
    id: request.params.id,
    actor: request.actor,
    revision: versionIn(request.headers['if-match']),
  }
}
