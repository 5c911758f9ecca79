import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Author } from '../../threads/schemas.ts'
import type { ArticleDeps } from '../deps.ts'
import { type MergePreview, previewMerge } from './preview-merge.ts'
import { promoteThreads, type ThreadPromotion } from './promote-threads.ts'

const example: MergePreview = {
  merged: {
    threadId: 'thr_7h2k9m4p6r8t1v3x',
    title: 'Charged twice this month',
    labels: [{ facet: 'category', label: 'billing', provenance: 'agent' }],
  },
  into: {
    threadId: 'thr_1v3x5z7b9d2f4h6k',
    title: 'Two charges in one month',
    labels: [{ facet: 'category', label: 'contract', provenance: 'import' }],
    article: { id: 'art_01k9zq3c8m5v7x2r4t6b8n0q', title: 'Why a charge is seen twice' },
  },
  posts: [
    {
      id: 'pst_2b4d6f8h1j3k5m7n',
      kind: 'question',
      becomes: 'comment',
      accepted: false,
      createdAt: '2026-01-15T09:30:00.000Z',
    },
  ],
  differing: ['category'],
  isMerged: false,
}

const Side = Type.Object({
  threadId: Type.String(),
  title: Type.String(),
  labels: Type.Array(
    Type.Object({
      facet: Type.String(),
      label: Type.String(),
      provenance: Type.Enum(['ruling', 'agent', 'import']),
    }),
    { description: 'Labels in force' },
  ),
  article: Type.Optional(Type.Object({ id: Type.String(), title: Type.String() })),
})
const Kind = Type.Enum(['question', 'answer', 'comment'])

const MergePreviewSchema = Type.Unsafe<MergePreview>(
  Type.Object(
    {
      merged: Side,
      into: Side,
      posts: Type.Array(
        Type.Object({
          id: Type.String(),
          kind: Kind,
          becomes: Kind,
          author: Type.Optional(Author),
          accepted: Type.Boolean(),
          createdAt: Type.String(),
        }),
        { description: 'Posts that the other thread would show' },
      ),
      differing: Type.Array(Type.String(), { description: 'Facets on which their labels differ' }),
      isMerged: Type.Boolean({ description: 'Whether the one is merged into the other already' }),
    },
    { examples: [example] },
  ),
)

const Promotions = Type.Unsafe<{ readonly items: readonly ThreadPromotion[] }>(
  Type.Object(
    {
      items: Type.Array(
        Type.Object({
          threadId: Type.String(),
          articleId: Type.Optional(Type.String()),
          created: Type.Optional(
            Type.Boolean({ description: 'False where the thread had been promoted before' }),
          ),
          code: Type.Optional(
            Type.String({ description: 'Code of the problem, where the thread was not promoted' }),
          ),
        }),
      ),
    },
    {
      examples: [
        {
          items: [
            { threadId: 'thr_7h2k9m4p6r8t1v3x', articleId: 'art_01k9zq3c8m5v7x2r4t6b8n0q', created: true },
            { threadId: 'thr_1v3x5z7b9d2f4h6k', code: 'THREAD_PROTECTED' },
          ],
        },
      ],
    },
  ),
)

/** What threads and articles have to do with each other: merges as they would be, and many promotions. */
export function threadArticleRoutes(deps: ArticleDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/threads/:id/merge-preview',
      {
        config: { allow: ['agent', 'knowledge-manager'] },
        schema: {
          operationId: 'previewMerge',
          summary: 'Preview a merge: posts, labels and articles of both threads',
          description: 'Refused as the merge would be. Changes nothing.',
          tags: ['threads'],
          params: Type.Object({ id: Type.String() }),
          querystring: Type.Object({
            into: Type.String({ maxLength: 100, description: 'Thread to merge into' }),
          }),
          response: { 200: MergePreviewSchema },
        },
      },
      ({ params: { id: threadId }, query: { into }, actor }) => previewMerge(deps, { threadId, into, actor }),
    )

    app.post(
      '/articles/promotions',
      {
        config: { allow: ['agent', 'knowledge-manager', 'supervisor'] },
        schema: {
          operationId: 'promoteThreads',
          summary: 'Promote several threads to draft articles',
          description:
            'Up to 100, each on its own: for every thread, the answer has its article or the code of its problem.',
          tags: ['articles'],
          body: Type.Object(
            {
              threadIds: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
                minItems: 1,
                maxItems: 100,
                uniqueItems: true,
              }),
            },
            { additionalProperties: false, examples: [{ threadIds: ['thr_7h2k9m4p6r8t1v3x'] }] },
          ),
          response: { 200: Promotions },
        },
      },
      async ({ body: { threadIds }, actor }) => ({ items: await promoteThreads(deps, { threadIds, actor }) }),
    )
  }
}
