import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { newId } from '../platform/ids.ts'
import { errors, type Problem } from './problems.ts'

/** Answers bytes that Node could not read as a request, and hangs up: after them nothing on the line makes sense. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const { status, code, message } = codedError(error.code)
  const title = STATUS_CODES[status] ?? 'Error'
  const requestId = newId('req', new Date())
  const problem: Problem = { type: 'about:blank', title, status, detail: message, code, requestId }
  const body = JSON.stringify(problem)
  if (socket.writable)
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
  socket.destroy(error)
}

function codedError(code: string | undefined) {
  if (code === 'HPE_HEADER_OVERFLOW') return errors.HEADERS_TOO_LARGE()
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return errors.REQUEST_TOO_SLOW()
  return errors.REQUEST_MALFORMED()
}
