import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { accessErrors } from '../../src/access/errors.ts'
import { articleErrors } from '../../src/articles/errors.ts'
import { communityErrors } from '../../src/community/errors.ts'
import { helpCentreErrors } from '../../src/help-centre/errors.ts'
import { topicErrors } from '../../src/insight/topics/topic.ts'
import { labelErrors } from '../../src/labels/errors.ts'
import { reviewErrors } from '../../src/review/errors.ts'
import { errors as serverErrors } from '../../src/server/problems.ts'
import { frenchSentences } from '../../src/server/problems-in-french.ts'
import { threadErrors } from '../../src/threads/errors.ts'
import { triageErrors } from '../../src/triage/errors.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { buildTestApp } from './test-app.ts'

const body = Type.Object({ label: Type.String() }, { additionalProperties: false })
const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get('/threads/:id', { config: { allow: 'anyone' } }, async () => {
    throw threadErrors.THREAD_NOT_FOUND({ id: 'thr_1' })
  })
  app.post('/labels', { config: { allow: 'anyone' }, schema: { body } }, async () => ({}))
}

describeEachDatabase('an error', (database) => {
  const ask = async (language: string | undefined, url: string, payload?: object) => {
    const { app } = await buildTestApp(await database(), [routes])
    const headers = language === undefined ? {} : { 'accept-language': language }
    const method = payload === undefined ? 'GET' : 'POST'
    const answer = await app.inject({ url, method, headers, ...(payload && { payload }) })
    await app.close()
    return answer
  }

  it('is told in the language that the caller would rather read, under the same code', async () => {
    const french = await ask('fr-FR,fr;q=0.9,en;q=0.5', '/api/threads/thr_1')
    expect(french.statusCode).toBe(404)
    expect(french.json()).toMatchObject({
      code: 'THREAD_NOT_FOUND',
      detail: 'La discussion thr_1 n’existe pas',
    })
    expect(french.headers).toMatchObject({ 'content-language': 'fr', vary: 'accept-language' })
    for (const language of [undefined, 'en-GB, fr;q=0.5', 'de']) {
      const english = await ask(language, '/api/threads/thr_1')
      expect(english.json()).toMatchObject({ detail: 'There is no thread thr_1' })
      expect(english.headers['content-language']).toBe('en')
    }
  })

  it('tells each fault of a request in French too', async () => {
    const answer = await ask('fr', '/api/labels', { colour: 'red' })
    expect(answer.json()).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: expect.arrayContaining([
        { where: 'body/label', message: 'est obligatoire' },
        { where: 'body/colour', message: 'n’est pas un champ connu' },
      ]),
    })
  })
})

describe('sentences in French', () => {
  const src = fileURLToPath(new URL('../../src/', import.meta.url))
  const sources = readdirSync(src, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('problems-in-french.ts'))
    .map((file) => readFileSync(src + file, 'utf8'))
    .join('\n')

  it.each([...frenchSentences].filter(([code]) => code !== 'INTERNAL'))(
    'are of an error that exists, with its details: %s',
    (code, sentence) => {
      const english = new RegExp(`\\b${code}: \\[\\s*\\d+,\\s*(['"\`])([\\s\\S]*?)\\1,?\\s*\\]`).exec(
        sources,
      )?.[2]
      expect(english).toBeDefined()
      const namesIn = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
      expect(namesIn(sentence)).toEqual(namesIn(english!))
      expect(sentence).not.toMatch(/\bfils?\b| [:;!?»]|« /)
      const prose = sentence.replace(/`[^`]*`/g, '')
      expect(prose).not.toMatch(/(?<!\u00a0)[:»]|«(?!\u00a0)|(?<!\u202f)[;!?]|'/)
    },
  )

  /** Why people read these in English, or not at all. */
  const exempt: readonly (readonly [codes: RegExp, reason: string])[] = [
    [
      /^ROUTING_(RULE|FACET|LABEL|PROVISIONAL|WORDS|PATTERNS?|CALENDAR|CONDITION|RANGE)_/,
      'faults of a rule that a supervisor writes: they quote places, patterns and reasons in English',
    ],
    [/^ROUTING_RULES_TOO_DEEP$/, 'likewise, of the rules as a whole'],
    [/^POST_SOURCE_REFUSED$/, 'read by the program that stores posts: it quotes a reason in English'],
    [/^CLASSIFY_LINE_/, 'a line of a stream of answers, which is for programs'],
    [/^(HEADERS_TOO_LARGE|TOO_MANY_CONNECTIONS)$/, 'answered before headers, and so the language, are known'],
    [/^(ADMINISTRATOR_EXISTS|OIDC_ROLE_UNKNOWN|OIDC_AUDIENCE_UNKNOWN)$/, 'told by the command line'],
    [/^(ROUTE_UNGUARDED|PORT_TAKEN|ADDRESS_UNUSABLE)$/, 'told at start-up to who runs the service'],
  ]
  const tables = {
    accessErrors,
    threadErrors,
    labelErrors,
    reviewErrors,
    articleErrors,
    triageErrors,
    topicErrors,
    helpCentreErrors,
    communityErrors,
    serverErrors,
  }
  const codes = Object.values(tables).flatMap((table) => Object.keys(table))
  const elsewhere = [
    'PRECONDITION_REQUIRED',
    'DATABASE_UNAVAILABLE',
    'STORAGE_FULL',
    'IDEMPOTENCY_KEY_REUSED',
  ]

  it.each([...codes, ...elsewhere])('exist for whatever an agent may meet: %s', (code) => {
    const isExempt = exempt.some(([some]) => some.test(code))
    expect({ code, isTold: frenchSentences.has(code) }).toEqual({ code, isTold: !isExempt })
  })

  it('are left out for codes that exist only', () => {
    for (const [some] of exempt) expect(codes.filter((code) => some.test(code))).not.toEqual([])
  })
})
