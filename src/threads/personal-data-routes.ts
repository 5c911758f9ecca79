import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Audience } from '../access/audience.ts'
import type { IdentifierPattern } from '../platform/config/identifier-patterns.ts'
import { findPersonalData, type PersonalDataOptions } from '../text/personal-data/find-personal-data.ts'
import { type Finding, PERSONAL_DATA_KINDS } from '../text/personal-data/finding.ts'
import { findInMarkdown } from '../text/personal-data/redact.ts'
import { ThreadParams } from './schemas.ts'
import type { ThreadStore } from './thread-store.ts'

interface FoundInThread {
  readonly title: readonly Finding[]
  /** Posts with findings; positions refer to the Markdown of their body. */
  readonly posts: readonly { readonly id: string; readonly findings: readonly Finding[] }[]
}

/** How many posts are searched before the event loop may run other work: a thread may have thousands. */
const POSTS_PER_TURN = 8

/**
 * Finds the places of personal data in a thread, for those who make it public. The texts found are not returned.
 *
 * @throws CodedError THREAD_NOT_FOUND
 */
export async function findInThread(
  threads: ThreadStore,
  id: string,
  reader: Audience,
  options: PersonalDataOptions,
): Promise<FoundInThread> {
  const { title } = await threads.require(id, reader)
  const posts = await threads.postsOf(id, reader)
  const found: { readonly id: string; readonly findings: readonly Finding[] }[] = []
  for (const [at, post] of posts.entries()) {
    if (at % POSTS_PER_TURN === POSTS_PER_TURN - 1) await nextTurn()
    const findings = findInMarkdown(post.body, options)
    if (findings.length > 0) found.push({ id: post.id, findings })
  }
  return { title: findPersonalData(title, options), posts: found }
}

const FindingSchema = Type.Object({
  kind: Type.Enum([...PERSONAL_DATA_KINDS]),
  start: Type.Integer({
    description: 'First UTF-16 unit in the title, or in the Markdown body of the post',
  }),
  end: Type.Integer({ description: 'First UTF-16 unit after the match' }),
})

const ThreadFindings = Type.Object(
  {
    title: Type.Array(FindingSchema),
    posts: Type.Array(Type.Object({ id: Type.String(), findings: Type.Array(FindingSchema) }), {
      description: 'Posts with possible personal data',
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

/** The places of personal data in a thread, over HTTP. */
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
          summary: 'Locate personal data in a thread',
          description: 'Returns kinds and places only, without texts, so that the response may be logged.',
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
