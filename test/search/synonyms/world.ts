import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { commandLine } from '../../../src/access/actor.ts'
import type { Audience } from '../../../src/access/audience.ts'
import { createApp } from '../../../src/app.ts'
import { migrations } from '../../../src/migrations.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import { readConfig } from '../../../src/platform/config/config.ts'
import { buildApp } from '../../../src/server/app.ts'
import { createLog } from '../../../src/server/log.ts'
import type { TestDatabase } from '../../support/databases.ts'

export type World = Awaited<ReturnType<typeof openWorld>>

/** The service with a knowledge manager of each audience. */
export async function openWorld({ home, databaseUrl }: TestDatabase) {
  const config = { ...readConfig({ ENTRAIDE_HOME: home, ENTRAIDE_LOG_LEVEL: 'silent' }), databaseUrl }
  const app = await createApp(config)
  const modules = [app.access, app.search, app.articles, app.threads]
  const server: FastifyInstance = await buildApp({
    config,
    db: app.platform.db,
    clock: systemClock,
    log: createLog({ level: 'error' }),
    migrations,
    identification: app.access.identification,
    routes: (await Promise.all(modules.map((module) => module.routes()))).flat(),
    pages: await app.helpCentre.pages(),
    overload: { maxEventLoopDelayMs: 600_000, sampleMs: 600_000 },
  })
  const keys = new Map<string, string>()
  for (const audience of ['internal', 'partner', 'public'] as const) {
    const request = { name: audience, roles: ['knowledge-manager'] as const, audience, actor: commandLine }
    keys.set(audience, (await app.access.replaceKey(request)).token)
  }

  async function call(
    who: Audience | 'stranger',
    method: InjectOptions['method'],
    url: string,
    body?: object,
    headers: Record<string, string> = {},
  ) {
    const key = keys.get(who)
    const answer = await server.inject({
      method,
      url: url.startsWith('/help') ? url : `/api${url}`,
      headers: { ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...headers },
      ...(body === undefined ? {} : { payload: body }),
    })
    const isJson = String(answer.headers['content-type']).includes('json')
    // biome-ignore lint/suspicious/noExplicitAny: each test reads what it knows of
    const read: any = isJson ? answer.json() : answer.body
    return { status: answer.statusCode, body: read, headers: answer.headers }
  }

  return {
    app,
    call,

    /** Saves as the internal manager, based on what is in force. */
    async save(body: object) {
      const { headers } = await call('internal', 'GET', '/search/synonyms')
      return call('internal', 'POST', '/search/synonyms', body, { 'if-match': String(headers.etag) })
    },

    /** Imports threads that link to each other as duplicates. */
    async importPairs(
      source: string,
      audience: Audience,
      language: string,
      pairs: readonly (readonly [string, string])[],
    ) {
      const at = '2026-01-02T03:04:05.000Z'
      const thread = (id: string, title: string) => [
        { type: 'thread', id, title, createdAt: at, language },
        {
          type: 'post',
          id: `q-${id}`,
          threadId: id,
          kind: 'question',
          body: title,
          format: 'markdown',
          createdAt: at,
        },
      ]
      const records = pairs.flatMap(([one, other], n) => [
        ...thread(`a${n}`, one),
        ...thread(`b${n}`, other),
        { type: 'link', fromThreadId: `b${n}`, toThreadId: `a${n}`, kind: 'duplicate' },
      ])
      const file = join(home, `${source}.ndjson`)
      writeFileSync(file, records.map((each) => `${JSON.stringify(each)}\n`).join(''))
      await app.ingest.importThreads({
        format: 'ndjson',
        paths: [file],
        source,
        audience,
        actor: commandLine,
      })
    },

    async close() {
      await server.close()
      await app.close()
    },
  }
}
