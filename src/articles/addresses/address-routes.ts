import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { entityTag } from '../../platform/entity-tag.ts'
import type { ArticleDeps } from '../deps.ts'
import { presentArticle } from '../present-article.ts'
import { readerOf } from '../readable-articles.ts'
import * as schemas from '../schemas.ts'
import { resolveAddress } from './resolve-address.ts'

const exampleSlug = `activer-les-donnees-a-l-etranger--${schemas.exampleState.id}`

const Found = Type.Object(
  {
    article: schemas.Article,
    redirect: Type.Optional(
      Type.Object(
        { id: Type.String(), language: Type.String(), slug: Type.String() },
        {
          description:
            'Where the article is now; absent if it is at this very address. An article is renamed, or merged into another.',
        },
      ),
    ),
  },
  {
    examples: [
      {
        article: schemas.exampleArticle,
        redirect: { id: schemas.exampleState.id, language: 'fr', slug: exampleSlug },
      },
    ],
  },
)

/** Articles by their addresses. */
export function addressRoutes(deps: ArticleDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/articles/by-slug/:slug',
      {
        config: { allow: 'anyone' },
        schema: {
          operationId: 'getArticleBySlug',
          summary: 'Get an article by its address',
          description:
            'Earlier addresses lead to the article as well, and those of an article that was merged lead to the other one, always to the last.',
          tags: ['articles'],
          params: Type.Object({
            slug: Type.String({ minLength: 1, maxLength: 200, description: 'Last part of an address' }),
          }),
          response: { 200: Found },
        },
      },
      async ({ params: { slug }, actor }, reply) => {
        const { article, isRedirect } = await resolveAddress(deps, { slug, actor })
        if (!readerOf(actor).seesDrafts) deps.reads.note(article.id)
        const shown = await presentArticle(deps, article, actor)
        reply.header('etag', entityTag(article.revision))
        const redirect = { id: shown.id, language: shown.language, slug: shown.slug }
        return { article: shown, redirect: isRedirect ? redirect : undefined }
      },
    )
  }
}
