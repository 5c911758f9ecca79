import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Clock } from '../platform/clock.ts'
import { PageQuery } from '../platform/page-schema.ts'
import { createYielder } from '../platform/yield-to-event-loop.ts'
import { toHtml } from '../text/markdown/to-html.ts'
import { presentThread } from './present-thread.ts'
import type { ProtectionStore } from './protections/protection-store.ts'
import * as schemas from './schemas.ts'
import type { ThreadStore } from './thread-store.ts'

const MONTH_MS = 30 * 86_400_000
const READERS = ['agent', 'knowledge-manager', 'supervisor', 'router'] as const

export interface ThreadRouteDeps {
  readonly threads: ThreadStore
  readonly protections: Pick<ProtectionStore, 'find'>
  readonly clock: Clock
}

/** Threads over HTTP, limited to the caller's audience. */
export function threadRoutes({ threads, protections, clock }: ThreadRouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/sources/counts',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'countThreadsOfSources',
          summary: 'Count the threads of each source',
          description: 'Apart from the list of sources, for it counts all threads that you may see.',
          tags: ['sources'],
          response: { 200: schemas.SourceCounts },
        },
      },
      async ({ actor }) => ({ items: await threads.countBySource(actor.audience) }),
    )

    app.get(
      '/threads/:id',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getThread',
          summary: 'Get a thread with its posts and links',
          tags: ['threads'],
          params: schemas.ThreadParams,
          querystring: schemas.ThreadViewQuery,
          response: { 200: schemas.ThreadView },
        },
      },
      async ({ params, query, actor }) => {
        const thread = await threads.require(params.id, actor.audience)
        const stored = await threads.postsOf(thread.id, actor.audience)
        const posts = query.html === true ? await withHtml(stored) : stored
        const links = await threads.linksOf(thread.id, actor.audience)
        const protection = actor.audience === 'internal' ? await protections.find(thread.id) : undefined
        return { ...presentThread(thread), ...(await viewsLast30Days(thread.id)), protection, posts, links }
      },
    )

    app.get(
      '/threads/:id/changes',
      {
        config: { allow: ['agent', 'knowledge-manager', 'supervisor'] },
        schema: {
          operationId: 'listThreadChanges',
          summary: 'List the changes to the posts of a thread, latest first',
          description:
            'Edits, removals, restorations and acceptances since the first import, with the state before and after.',
          tags: ['threads'],
          params: schemas.ThreadParams,
          querystring: PageQuery,
          response: { 200: schemas.PostChangeList },
        },
      },
      async ({ params, query: { limit = 20, ...query }, actor }) => {
        const page = await threads.changesOf(params.id, { ...query, limit, reader: actor.audience })
        return { ...page, items: [...page.items] }
      },
    )
  }

  /** Absent unless the total at the beginning of the 30 days is known: a shorter period would look like fewer views. */
  async function viewsLast30Days(threadId: string) {
    const to = clock.now()
    const from = new Date(to.getTime() - MONTH_MS)
    const [known] = await threads.viewsBetween([threadId], from, to)
    return known !== undefined && known.since <= from.toISOString()
      ? { viewsLast30Days: Math.round(known.views) }
      : {}
  }
}

/** Posts with their bodies as HTML, as far as {@link schemas.MOST_HTML} reaches: the rest would keep the event loop busy. */
async function withHtml<Shown extends { readonly body: string }>(posts: readonly Shown[]) {
  const yieldToEventLoop = createYielder()
  const shown: (Shown & { readonly html?: string })[] = []
  let left = schemas.MOST_HTML
  for (const post of posts) {
    left -= post.body.length
    await yieldToEventLoop()
    shown.push(left < 0 ? post : { ...post, html: await toHtml(post.body) })
  }
  return shown
}
