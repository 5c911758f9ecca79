import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { entityTag, requireVersionIn } from '../../platform/entity-tag.ts'
import type { ArticleDeps } from '../deps.ts'
import { presentArticle } from '../present-article.ts'
import * as schemas from '../schemas.ts'
import { approveArticle } from './approve-article.ts'
import { listCategories, requireCategory } from './categories.ts'
import { changeCategory, mayOwn } from './change-category.ts'
import * as governance from './governance-schemas.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const MANAGERS = ['knowledge-manager'] as const
const tags = ['articles']

/** How categories of articles are governed, who owns them, and the approvals that they demand. */
export function governanceRoutes(deps: ArticleDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/articles/categories',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listArticleCategories',
          summary: 'List categories with their owners and governance',
          tags,
          querystring: governance.CategoryQuery,
          response: { 200: governance.CategoryPage },
        },
      },
      async ({ query }) => {
        const { items, ...page } = await listCategories(deps, query)
        return { ...page, items: [...items] }
      },
    )

    app.get(
      '/articles/categories/:label',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'getArticleCategory',
          summary: 'Get the owner and governance of a category',
          tags,
          params: governance.CategoryParams,
          response: { 200: governance.Category },
        },
      },
      async ({ params: { label } }) => requireCategory(deps, label),
    )

    app.put(
      '/articles/categories/:label',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'changeArticleCategory',
          summary: 'Say who owns a category and how its articles are governed',
          tags,
          params: governance.CategoryParams,
          body: governance.CategoryBody,
          response: { 200: governance.Category },
        },
      },
      async ({ params, body, actor }) => changeCategory(deps, { ...params, ...body, actor }),
    )

    app.get(
      '/articles/owners',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'listArticleOwners',
          summary: 'List people who can own a category, by name',
          description: 'A page may hold fewer than asked for, while there is a `next`.',
          tags,
          querystring: governance.OwnerQuery,
          response: { 200: governance.OwnerPage },
        },
      },
      async ({ query, actor }) => {
        const { items, ...page } = await deps.accounts.list(actor.audience, query)
        const owners = items.filter((account) => mayOwn(account, actor))
        return { ...page, items: owners.map(({ id, name }) => ({ id, name })) }
      },
    )

    app.post(
      '/articles/:id/approval',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'approveArticle',
          summary: 'Approve a revision of an article',
          description:
            'Where the category demands it, nothing is validated or shown to more people before somebody else than its writer approved it: the owner of the category, a publisher or a coach. The next revision needs another approval.',
          tags,
          params: schemas.ArticleParams,
          headers: schemas.RequiredIfMatch,
          response: { 200: schemas.Article },
        },
      },
      async ({ params, actor, headers }, reply) => {
        const revision = requireVersionIn(headers['if-match'])
        const article = await approveArticle(deps, { ...params, revision, actor })
        reply.header('etag', entityTag(article.revision))
        return presentArticle(deps, article, actor)
      },
    )
  }
}
