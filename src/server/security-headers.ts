import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/**
 * Headers of a service that answers with data: nothing in an answer may run, load or be framed. Pages bring a
 * policy of their own. Browsers are not told to insist on HTTPS for other hosts of the domain, and insecure requests
 * are not rewritten: on a plain-HTTP intranet that would leave pages without their scripts.
 */
export async function addSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    global: true,
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: { maxAge: 15_552_000, includeSubDomains: false },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"] },
    },
  })
}
