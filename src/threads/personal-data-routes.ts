import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { IdentifierPattern } from '../platform/index.ts'
import { PERSONAL_DATA_KINDS } from '../text/personal-data/index.ts'
import { findInThread } from './find-in-thread.ts'
import { ThreadParams } from './schemas.ts'
import type { ThreadStore } from './thread-store.ts'

const Finding = Type.Object({
  kind: Type.Enum([...PERSONAL_DATA_KINDS]),
  start: Type.Integer({
    description: 'first UTF-16 unit in the title, or in the Markdown of the post’s body',
  }),
  end: Type.Integer({ description: 'the unit after the last' }),
})

const ThreadFindings = Type.Object(
  {
    title: Type.Array(Finding),
    posts: Type.Array(Type.Object({ id: Type.String(), findings: Type.Array(Finding) }), {
      description: 'Posts in which something was found',
    }),
  },
  {
    examples: [
      {
        title: [],
        posts: [{ id: 'pst_2b4d6f8h1j3k5m7n', findings: [{ kind: 'phone', start: 14, end: 28 }] }],
      },
    ],
  },
)

export interface PersonalDataRouteDeps {
  readonly threads: ThreadStore
  /** How the company writes its customer and order numbers. */
  readonly identifiers: readonly IdentifierPattern[]
}

/** What a thread holds of people, for whoever makes it public. */
export function personalDataRoutes({
  threads,
  identifiers,
}: PersonalDataRouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/threads/:id/personal-data',
      {
        config: { allow: ['knowledge-manager'] },
        schema: {
          operationId: 'findPersonalDataInThread',
          summary: 'Where a thread holds personal data',
          description:
            'Kinds and places only, so that an answer can be logged; the texts are those of the thread.',
          tags: ['threads'],
          params: ThreadParams,
          response: { 200: ThreadFindings },
        },
      },
      async ({ params, actor }) => {
        const { title, posts } = await findInThread(threads, params.id, actor.audience, { identifiers })
        return {
          title: [...title],
          posts: posts.map(({ id, findings }) => ({ id, findings: [...findings] })),
        }
      },
    )
  }
}
