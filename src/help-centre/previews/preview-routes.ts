import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { endPreview, type PreviewDeps, sharePreview } from './share-preview.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const tags = ['help centre']

const ArticleParams = Type.Object({ id: Type.String({ maxLength: 100, description: 'Id of the article' }) })
const PreviewParams = Type.Object({
  ...ArticleParams.properties,
  preview: Type.String({ maxLength: 100, description: 'Id of the preview' }),
})
const NewPreview = Type.Object(
  {
    days: Type.Integer({ minimum: 1, maximum: 30, description: 'After which the link ends' }),
  },
  { additionalProperties: false, examples: [{ days: 7 }] },
)
const preview = {
  id: Type.String(),
  createdBy: Type.Object({ id: Type.String(), name: Type.String() }),
  createdAt: Type.String(),
  expiresAt: Type.String(),
}
const examplePreview = {
  id: 'prv_01kd0f3k9qv7w2m4n5p6r7s8t',
  createdBy: { id: 'acc_01kd0f3k9qv7w2m4n5p6r7s8t', name: 'Ana' },
  createdAt: '2026-01-10T08:00:00.000Z',
  expiresAt: '2026-01-17T08:00:00.000Z',
}
const Preview = Type.Object(preview, { examples: [examplePreview] })
const SharedPreview = Type.Object(
  {
    ...preview,
    path: Type.String({ description: 'Path of the page on this server; shown this once' }),
  },
  { examples: [{ ...examplePreview, path: '/help/preview/preview_…' }] },
)
const Previews = Type.Object({ items: Type.Array(Preview) })

/** Links by which anyone may read an unpublished article for a time. */
export function previewRoutes(deps: PreviewDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/articles/:id/previews',
      {
        config: { allow: COLLEAGUES, idempotent: false },
        schema: {
          operationId: 'shareArticlePreview',
          summary: 'Share a preview of an article by a secret link',
          description:
            'The page shows the draft, or the latest revision where there is none, to whoever has the link, until it ends. Of the link only a digest is stored.',
          tags,
          params: ArticleParams,
          body: NewPreview,
          response: { 201: SharedPreview },
        },
      },
      async ({ params, body: { days }, actor }, reply) => {
        const shared = await sharePreview(deps, { articleId: params.id, days, actor })
        const { articleId: _, ...shown } = shared.preview
        return reply.code(201).send({ ...shown, path: shared.path })
      },
    )

    app.get(
      '/articles/:id/previews',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listArticlePreviews',
          summary: 'List the previews of an article that have not ended',
          tags,
          params: ArticleParams,
          response: { 200: Previews },
        },
      },
      async ({ params: { id }, actor }) => {
        const previews = actor.audience === 'internal' ? await deps.previews.ofArticle(id) : []
        return { items: previews.map(({ articleId: _, ...shown }) => shown) }
      },
    )

    app.delete(
      '/articles/:id/previews/:preview',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'endArticlePreview',
          summary: 'End a preview before its time',
          tags,
          params: PreviewParams,
          response: { 204: Type.Null({ description: 'The link shows nothing any more' }) },
        },
      },
      async ({ params, actor }, reply) => {
        await endPreview(deps, { articleId: params.id, id: params.preview, actor })
        return reply.code(204).send(null)
      },
    )
  }
}
