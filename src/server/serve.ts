import type { AddressInfo, Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { errors } from './problems.ts'

/** A listening application. */
export interface Serving {
  /** Where it answers, such as `http://127.0.0.1:8080`. */
  readonly url: string
  readonly port: number
  /**
   * Stops listening, lets requests in progress finish (at most `graceMs`), closes every connection. May be called
   * more than once.
   */
  close(graceMs?: number): Promise<void>
}

const GRACE_MS = 10_000
const IDLE_CHECK_MS = 50

/**
 * Listens. Signals are the caller's: it calls `close` when it is told to stop.
 *
 * @throws CodedError PORT_TAKEN, ADDRESS_UNUSABLE
 */
export async function serve(
  app: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Serving> {
  const sockets = new Set<Socket>()
  app.server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw errors.PORT_TAKEN({ host, port }, { cause: error })
    throw errors.ADDRESS_UNUSABLE({ host, port, reason: code }, { cause: error })
  }
  const address = app.server.address() as AddressInfo
  let closing: Promise<void> | undefined
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    port: address.port,
    close(graceMs = GRACE_MS) {
      closing ??= close(app, sockets, graceMs)
      return closing
    },
  }
}

/**
 * Node closes idle connections once, when the server closes. A connection that becomes idle afterwards (its answer's
 * headers were out already) would be kept for another minute, and one on which nothing was ever asked for ever.
 */
async function close(app: FastifyInstance, sockets: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  const idle = setInterval(() => {
    app.server.closeIdleConnections()
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  }, IDLE_CHECK_MS)
  const grace = setTimeout(() => app.server.closeAllConnections(), graceMs)
  try {
    await app.close()
  } finally {
    clearInterval(idle)
    clearTimeout(grace)
  }
}
