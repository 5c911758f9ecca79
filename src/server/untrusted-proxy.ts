import type { FastifyInstance } from 'fastify'

/**
 * Warns once where a proxy that is not trusted says who the caller is: all callers behind it then share its address,
 * and with it the limits by address.
 */
export function warnOfUntrustedProxy(app: FastifyInstance): void {
  let hasWarned = false
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers, ip, socket } = request
    // A trusted proxy's word would have been taken.
    if (!hasWarned && headers['x-forwarded-for'] !== undefined && ip === socket.remoteAddress) {
      hasWarned = true
      request.log.warn(
        'X-Forwarded-For is ignored: name the proxy in ENTRAIDE_TRUSTED_PROXIES, or limits count all callers behind it as one',
      )
    }
    done()
  })
}
