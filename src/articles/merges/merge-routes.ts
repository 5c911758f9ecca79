import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { entityTag, requireVersionIn } from '../../platform/entity-tag.ts'
import { presentArticle } from '../present-article.ts'
import * as schemas from '../schemas.ts'
import { type MergeArticleDeps, mergeArticle, type PreviewedRevisions } from './merge-article.ts'
import { MergeBody, MergePreview, MergeQuery } from './merge-schemas.ts'
import { previewArticleMerge } from './preview-article-merge.ts'
import { unmergeArticle } from './unmerge-article.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const tags = ['articles']
const PAIR_OF_REVISIONS = /^"(\d{1,9})-(\d{1,9})"$/

/** Merging articles, limited to what the caller may see and do. */
export function mergeRoutes(deps: MergeArticleDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/articles/:id/merge-preview',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'previewArticleMerge',
          summary: 'Preview a merge of two articles',
          description:
            'What the other article would say, with the passages of both, and what would count for it. Changes nothing. The `ETag` names the revisions of both; the merge expects it as `If-Match`.',
          tags,
          params: schemas.ArticleParams,
          querystring: MergeQuery,
          response: { 200: MergePreview },
        },
      },
      async ({ params: { id }, query: { into }, actor }, reply) => {
        const preview = await previewArticleMerge(deps, { id, into, actor })
        const { merged, into: other, sections, passages, refusals } = preview
        reply.header('etag', `"${merged.revision}-${other.revision}"`)
        return {
          ...preview,
          sections: [...sections],
          passages: [...passages],
          refusals: refusals.map(({ error: { code }, confirm }) => ({ code, confirm })),
        }
      },
    )

    app.post(
      '/articles/:id/merge',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'mergeArticle',
          summary: 'Merge an article into another',
          description:
            'The other article then says what both said, and has the posts, threads, uses, feedback, reports and credits of both; its title and audience stay. This one is archived, and its addresses lead to the other. Send the `ETag` of the preview. Text goes to more people only with confirmWiderAudience.',
          tags,
          params: schemas.ArticleParams,
          headers: schemas.RequiredIfMatch,
          body: MergeBody,
          response: { 200: schemas.Article },
        },
      },
      async ({ params: { id }, body, headers, actor }, reply) => {
        const article = await mergeArticle(deps, {
          ...body,
          id,
          reason: body.reason.trim(),
          previewed: revisionsIn(headers['if-match']),
          actor,
        })
        reply.header('etag', entityTag(article.revision))
        return presentArticle(deps, article, actor)
      },
    )

    app.delete(
      '/articles/:id/merge',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'unmergeArticle',
          summary: 'Undo a merge of two articles',
          description:
            'The article is what it was before, with what was moved from it and is still there. The other one says what it said before, unless somebody edited it since.',
          tags,
          params: schemas.ArticleParams,
          response: { 200: schemas.Article },
        },
      },
      async ({ params: { id }, actor }, reply) => {
        const article = await unmergeArticle(deps, { id, actor })
        reply.header('etag', entityTag(article.revision))
        return presentArticle(deps, article, actor)
      },
    )
  }
}

/** The revisions of both articles; those that none has for a tag that no preview made. @throws CodedError PRECONDITION_REQUIRED */
function revisionsIn(ifMatch: string | undefined): PreviewedRevisions {
  const other = requireVersionIn(ifMatch)
  const [, article, into] = PAIR_OF_REVISIONS.exec(ifMatch?.trim() ?? '') ?? []
  return { article: Number(article ?? other), into: Number(into ?? -1) }
}
