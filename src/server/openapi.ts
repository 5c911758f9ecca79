import { readFileSync } from 'node:fs'
import { STATUS_CODES } from 'node:http'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify'
import { SESSION_COOKIE } from '../access/sessions/cookie.ts'
import { type Operation, problemResponses, problemSchema } from './openapi-problems.ts'
import { mayBeLeftOut } from './validation.ts'

interface PackageJson {
  readonly version: string
  readonly description: string
}

/** Beside both `src` and `dist`. */
const PACKAGE_JSON = new URL('../../package.json', import.meta.url)

const idempotencyKey = {
  type: 'string',
  maxLength: 200,
  description:
    'Makes a retry safe: for a day, the same key with the same request returns the first response again without repeating the action',
  examples: ['8d7c2f0e-promote-1'],
}

/** What the style sheets and scripts of the page itself need; nothing from elsewhere. */
const DOCS_POLICY = {
  'default-src': "'none'",
  'base-uri': "'none'",
  'connect-src': "'self'",
  'font-src': "'self' data:",
  'frame-ancestors': "'none'",
  'img-src': "'self' data:",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
}

/**
 * The document at `/api/openapi.json` and a page to read it and try it out at `/api/docs`. Routes say what they take
 * and answer; security, `Idempotency-Key` and problems are added here, because the server adds them to every route.
 */
export async function addOpenApi(app: FastifyInstance): Promise<void> {
  const { version, description } = JSON.parse(readFileSync(PACKAGE_JSON, 'utf8')) as PackageJson
  await app.register(swagger, {
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Entraide',
        version,
        description,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } as { name: string },
      },
      servers: [{ url: '/', description: 'This service' }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'An API key, as `ent_…`' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: SESSION_COOKIE,
            description: 'A person who is signed in, in a browser',
          },
        },
        schemas: { Problem: problemSchema as object },
      },
    },
    transform: ({ schema, url, route }) => ({ schema: describe(schema, route) as FastifySchema, url }),
    transformObject: (document) =>
      'openapiObject' in document ? complete(document.openapiObject as unknown as Document) : {},
  })
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: DOCS_POLICY,
    uiConfig: { validatorUrl: null, deepLinking: true, docExpansion: 'list' },
    theme: { title: 'Entraide API' },
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  app.get('/api', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/api/docs'))
}

/** What the server adds to a route before it is written down. */
function describe(schema: FastifySchema | undefined, route: RouteOptions): object {
  const { allow, idempotent } = route.config ?? {}
  if (schema === undefined || allow === undefined) return { ...schema }
  const headers = schema.headers as { properties?: object } | undefined
  const remembered = route.method === 'POST' && idempotent !== false && allow !== 'anyone'
  return {
    ...schema,
    response: withListExamples(schema.response ?? {}),
    security: [...(allow === 'anyone' ? [{}] : []), { bearer: [] }, { session: [] }],
    'x-roles': allow === 'anyone' ? 'anyone' : [...new Set([...allow, 'admin'])],
    ...(remembered
      ? {
          headers: {
            ...headers,
            type: 'object',
            properties: { ...headers?.properties, 'Idempotency-Key': idempotencyKey },
          },
        }
      : {}),
  }
}

interface ListSchema {
  readonly examples?: readonly unknown[]
  readonly properties?: { readonly items?: { readonly items?: { readonly examples?: readonly unknown[] } } }
}

/** A page without an example of its own shows that of its items. */
function withListExamples(responses: object): object {
  return Object.fromEntries(
    Object.entries(responses).map(([status, schema]: [string, ListSchema]) => {
      const items = schema.properties?.items?.items?.examples
      const shown = schema.examples === undefined && items !== undefined ? { examples: [{ items }] } : {}
      return [status, { ...schema, ...shown }]
    }),
  )
}

interface Document {
  paths: Record<string, Record<string, Operation>>
  tags?: { name: string }[]
}

/** Adds to the finished document what follows from the rest of it; operation by people who run it comes last. */
function complete(document: Document): object {
  const paths = Object.entries(document.paths)
  const isApi = ([path]: readonly [string, unknown]) => path.startsWith('/api/')
  document.paths = Object.fromEntries([...paths.filter(isApi), ...paths.filter((one) => !isApi(one))])
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  for (const operation of operations) completeOperation(operation)
  const tags = new Set(operations.flatMap((operation) => operation.tags ?? []))
  document.tags = [...tags].map((name) => ({ name }))
  return document
}

function completeOperation(operation: Operation): void {
  const { requestBody } = operation
  for (const { schema } of Object.values(requestBody?.content ?? {}))
    if (requestBody !== undefined && mayBeLeftOut(schema ?? {})) requestBody.required = false
  for (const [status, response] of Object.entries(operation.responses))
    if (response.description === 'Default Response') response.description = STATUS_CODES[status] ?? 'Success'
  operation.responses = { ...problemResponses(operation), ...operation.responses }
}
