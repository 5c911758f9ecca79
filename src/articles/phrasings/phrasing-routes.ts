import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ArticleDeps } from '../deps.ts'
import { ArticleParams } from '../schemas.ts'
import { addPhrasing, listPhrasings, removePhrasing, restorePhrasing } from './decide-on-phrasings.ts'
import { NewPhrasing, PhrasingList, PhrasingParams } from './phrasing-schemas.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const MANAGER = ['knowledge-manager'] as const
const tags = ['articles']

/** What people call what an article answers. */
export function phrasingRoutes(deps: ArticleDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/articles/:id/phrasings',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listArticlePhrasings',
          summary: 'List what people called what an article answers',
          description:
            'Those that weigh most first, then what was removed; those that the caller may know of.',
          tags,
          params: ArticleParams,
          response: { 200: PhrasingList },
        },
      },
      async ({ params: { id }, actor }) => ({ items: await listPhrasings(deps, { id, actor }) }),
    )

    app.post(
      '/articles/:id/phrasings',
      {
        config: { allow: MANAGER },
        schema: {
          operationId: 'addArticlePhrasing',
          summary: 'Add what people call what an article answers',
          description: 'The article is found by it at once. Added again, it stays as it is.',
          tags,
          params: ArticleParams,
          body: NewPhrasing,
          response: { 200: PhrasingList },
        },
      },
      async ({ params: { id }, body: { text }, actor }) => {
        await addPhrasing(deps, { id, text, actor })
        return { items: await listPhrasings(deps, { id, actor }) }
      },
    )

    app.delete(
      '/articles/:id/phrasings/:phrasing',
      {
        config: { allow: MANAGER },
        schema: {
          operationId: 'removeArticlePhrasing',
          summary: 'Remove a phrasing of an article',
          description: 'Wherever it comes from, it stays removed until it is restored.',
          tags,
          params: PhrasingParams,
          response: { 200: PhrasingList },
        },
      },
      async ({ params: { id, phrasing }, actor }) => {
        await removePhrasing(deps, { id, phrasing, actor })
        return { items: await listPhrasings(deps, { id, actor }) }
      },
    )

    app.post(
      '/articles/:id/phrasings/:phrasing/restore',
      {
        config: { allow: MANAGER },
        schema: {
          operationId: 'restoreArticlePhrasing',
          summary: 'Restore a removed phrasing of an article',
          tags,
          params: PhrasingParams,
          response: { 200: PhrasingList },
        },
      },
      async ({ params: { id, phrasing }, actor }) => {
        await restorePhrasing(deps, { id, phrasing, actor })
        return { items: await listPhrasings(deps, { id, actor }) }
      },
    )
  }
}
