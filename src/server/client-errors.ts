import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { CodedError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { errors, type Problem } from './problems.ts'

/** Answers bytes that Node could not read as a request, and hangs up: after them nothing on the line makes sense. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  hangUp(socket, codedError(error.code))
}

/** Answers a connection outside of any request, and closes it; only closes it where an answer has begun. */
export function hangUp(socket: Socket, error: CodedError, hasAnswered = false): void {
  const { status, code, message } = error
  const title = STATUS_CODES[status] ?? 'Error'
  const requestId = newId('req', new Date())
  const problem: Problem = { type: 'about:blank', title, status, detail: message, code, requestId }
  const body = JSON.stringify(problem)
  if (socket.writable && !hasAnswered)
    socket.write(
      [
        `HTTP/1.1 ${status} ${title}`,
        'Connection: close',
        'Content-Type: application/problem+json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
    )
  socket.destroy()
}

function codedError(code: string | undefined) {
  if (code === 'HPE_HEADER_OVERFLOW') return errors.HEADERS_TOO_LARGE()
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return errors.REQUEST_TOO_SLOW()
  return errors.REQUEST_MALFORMED()
}
