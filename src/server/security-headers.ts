import helmet from '@fastify/helmet'
import { type FastifyInstance, fastify } from 'fastify'

/**
 * Headers of a service that answers with data: nothing in an answer may run, load or be framed. Pages bring a
 * policy of their own. Browsers are not told to insist on HTTPS for other hosts of the domain, and insecure requests
 * are not rewritten: on a plain-HTTP intranet that would leave pages without their scripts.
 */
export async function addSecurityHeaders(app: FastifyInstance): Promise<void> {
  const headers = await securityHeaders()
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
}

/** Helmet's headers. It works them out at each request; they are always the same here, so one request is enough. */
async function securityHeaders(): Promise<Record<string, string>> {
  const probe = fastify()
  await probe.register(helmet, {
    global: true,
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: { maxAge: 15_552_000, includeSubDomains: false },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"] },
    },
  })
  let headers: Record<string, string> = {}
  probe.get('/', async (_request, { raw }) => {
    headers = raw.getHeaders() as Record<string, string>
    return ''
  })
  await probe.inject('/')
  await probe.close()
  return headers
}
