import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Actor, anonymous } from '../access/actor.ts'
import { hangUp } from './client-errors.ts'
import { errors } from './problems.ts'

/** How much of a process strangers may hold. */
export interface ConnectionLimits {
  /** Open connections of one address on which no valid key has been sent; 0 for any number. */
  readonly strangersAnAddress: number
  /** For a body to arrive when no valid key came with it. */
  readonly strangerBodyMs: number
  /** How long a sender whose request was answered may go on sending. */
  readonly lingerMs: number
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  strangersAnAddress: 256,
  strangerBodyMs: 30_000,
  lingerMs: 5_000,
}

/** For the headers of a request to arrive, and how often that is checked. */
export const HEADERS_TIMEOUT_MS = 15_000
export const CHECK_CONNECTIONS_MS = 5_000

/**
 * Keeps those who have no key from holding connections: at most so many an address, and each body for a limited time.
 * Whoever sends a valid key may upload for as long as the server lets anyone.
 *
 * @returns called with each request that came with a valid key
 */
export function addConnectionGuard(
  app: FastifyInstance,
  limits: ConnectionLimits,
): (request: FastifyRequest) => void {
  const trust = capStrangers(app.server, limits.strangersAnAddress)

  // After authentication, an `onRequest` hook, and before anything of the body is read; also where no
  // route is, for its body is read too.
  app.addHook('preParsing', (request, reply, payload, done) => {
    if (hasBody(request.raw) && !hasKey(request)) limitBody(request.raw, reply.raw, limits.strangerBodyMs)
    done(null, payload)
  })
  app.addHook('onResponse', ({ raw }, _, done) => {
    if (hasBody(raw)) dismiss(raw, limits.lingerMs)
    done()
  })

  return ({ raw }) => trust(raw.socket)
}

/** After authentication: who has a valid key is no stranger. */
export function trustKeyHolders(api: FastifyInstance, trust: (request: FastifyRequest) => void): void {
  api.addHook('onRequest', (request, _, done) => {
    if (hasKey(request)) trust(request)
    done()
  })
}

/** Whether a valid key came with it; outside the API nobody looks for one, and there is no actor. */
function hasKey({ actor }: { readonly actor?: Actor }): boolean {
  return actor !== undefined && actor.id !== anonymous.id
}

/** Hangs up on a sender whose body has not arrived in time. */
function limitBody(raw: IncomingMessage, answer: ServerResponse, ms: number): void {
  const timer = setTimeout(() => {
    if (!raw.complete) hangUp(raw.socket, errors.REQUEST_TOO_SLOW(), answer.headersSent)
  }, ms)
  timer.unref()
  raw.once('close', () => clearTimeout(timer))
  answer.once('finish', () => clearTimeout(timer))
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/**
 * Reads on for a moment, so that a sender that was answered early sees the answer rather than a broken connection; then
 * closes it.
 */
function dismiss(raw: IncomingMessage, lingerMs: number): void {
  if (raw.complete || raw.destroyed) return
  raw.resume()
  const cut = setTimeout(() => raw.destroy(), lingerMs)
  cut.unref()
  raw.once('close', () => clearTimeout(cut))
}

/** @returns takes a connection out of the count */
function capStrangers(server: Server, most: number): (socket: Socket) => void {
  const open = new Map<string, number>()
  const counted = new WeakSet<Socket>()

  function release(socket: Socket, address: string): void {
    if (!counted.delete(socket)) return
    const left = (open.get(address) ?? 1) - 1
    if (left === 0) open.delete(address)
    else open.set(address, left)
  }

  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const count = (open.get(address) ?? 0) + 1
    if (most > 0 && count > most) return hangUp(socket, errors.TOO_MANY_CONNECTIONS({ most }))
    open.set(address, count)
    counted.add(socket)
    socket.once('close', () => release(socket, address))
  })
  return (socket) => release(socket, socket.remoteAddress ?? '')
}
