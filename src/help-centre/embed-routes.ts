import { readFileSync } from 'node:fs'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { anonymous } from '../access/actor.ts'
import { BUILT_FOLDER, BUILT_PATH, builtPage } from '../platform/built-files.ts'
import { helpCentreErrors } from './errors.ts'
import { type KeptPage, toPage } from './page-cache.ts'
import type { Serving } from './serving.ts'

/** What the script begins with. */
const ENTRY = 'help-centre/embed.ts'
const YEAR_S = 31_536_000

/** The search box for other sites, where anyone may open the help centre. */
export function embedRoutes({ serving }: { readonly serving: Serving }): FastifyPluginAsyncTypebox {
  const script = builtScript()

  return async (app) => {
    app.get(
      '/help/embed.js',
      {
        config: { allow: 'anyone', isForStrangers: true },
        schema: {
          hide: true,
          querystring: Type.Object({ v: Type.Optional(Type.String({ maxLength: 100 })) }),
        },
      },
      async (request, reply) => {
        const { settings } = await serving.look(request)
        if (settings.access !== 'public') throw helpCentreErrors.HELP_EMBED_OFF()
        if (script === undefined) throw helpCentreErrors.HELP_PAGE_NOT_FOUND()
        reply.headers({
          'cache-control':
            request.query.v === versionOf(script)
              ? `public, max-age=${YEAR_S}, immutable`
              : 'public, max-age=3600, stale-while-revalidate=86400',
          vary: 'accept-encoding',
          etag: script.etag,
          // Pages of other sites load it, also those that check its digest.
          'cross-origin-resource-policy': 'cross-origin',
          'access-control-allow-origin': '*',
        })
        return serving.sendFile(request, reply, script, 'text/javascript; charset=utf-8')
      },
    )
  }
}

/** Lets pages of other sites read an answer that anyone may have: no page reads what a cookie or a key lets somebody see. */
export async function allowOtherSites(
  serving: Pick<Serving, 'look'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  reply.header('vary', 'cookie, authorization')
  const { settings } = await serving.look(request)
  if (settings.access === 'public' && request.actor.id === anonymous.id)
    reply.header('access-control-allow-origin', '*')
}

/** The script as it is sent; undefined where nothing was built, as in most tests. */
function builtScript(): KeptPage | undefined {
  const built = builtPage(ENTRY)
  if (built === undefined) return undefined
  return toPage(readFileSync(`${BUILT_FOLDER}${built.script.slice(BUILT_PATH.length)}`, 'utf8'))
}

/** What its `ETag` holds between the quotes. */
function versionOf({ etag }: KeptPage): string {
  return etag.slice(etag.indexOf('"') + 1, -1)
}
