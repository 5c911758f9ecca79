import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { newId } from '../../platform/ids.ts'
import { ingestErrors } from '../errors.ts'
import {
  type AcceptDeps,
  acceptImport,
  type CancelDeps,
  cancelImport,
  resumeImport,
} from './accept-import.ts'
import { type ImportHistory, presentImport } from './import-history.ts'
import { checkField, PART_LIMITS, receiveUpload, requestFrom } from './receive-upload.ts'
import * as schemas from './schemas.ts'
import { type CrawlDeps, startCrawl } from './start-crawl.ts'
import type { UploadFolder } from './upload-folder.ts'
import { createImportWatching, hasEnded, importEvents, versionOf } from './watch-imports.ts'

/** Roles that may import; the right to read threads does not suffice. */
const IMPORTERS = ['knowledge-manager'] as const
/** Bytes besides those of the files: boundaries, part headers, fields. */
const FRAMING_BYTES = 1_048_576
/** How long a rejected sender may continue, so that it reads the answer before the connection is closed. */
const LINGER_MS = 5_000

export interface ImportRouteDeps extends AcceptDeps, CancelDeps, Pick<CrawlDeps, 'sources' | 'apiAccess'> {
  readonly uploads: UploadFolder
  readonly uploadLimit: number
}

/** Imports over HTTP: starting one by an upload, their history, progress and cancellation. */
export function importRoutes(deps: ImportRouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(multipart, { limits: PART_LIMITS })
    await app.register(importHistoryRoutes(deps.history))

    app.post(
      '/imports',
      {
        config: { allow: IMPORTERS, idempotent: false },
        schema: {
          operationId: 'startImport',
          summary: 'Upload an export and import it',
          description:
            'Answers once the files are safely on disk. A job runs the import and resumes it after a crash. Follow its progress at `GET /imports/{id}/events`. An `Idempotency-Key` makes a retry safe: the same upload again answers with the same import, another one 422.',
          tags: ['imports'],
          consumes: ['multipart/form-data'],
          headers: schemas.UploadHeaders,
          body: { content: { 'multipart/form-data': { schema: schemas.Upload } } },
          response: { 202: schemas.Import },
        },
        // A multipart body is checked while it streams in.
        validatorCompiler: (route) =>
          route.httpPart === 'body' ? () => true : app.validatorCompiler!(route),
      },
      async (request, reply) => {
        try {
          const { id, isReplay } = await startImport(deps, request)
          if (isReplay) reply.header('idempotent-replayed', 'true')
          const record = await deps.history.require(id, request.actor.audience)
          return reply.code(202).header('location', `/api/imports/${id}`).send(presentImport(record))
        } finally {
          dismissSender(request, reply)
        }
      },
    )

    app.post(
      '/imports/:id/cancel',
      {
        config: { allow: IMPORTERS },
        schema: {
          operationId: 'cancelImport',
          summary: 'Cancel an import after its present batch',
          description:
            'Committed batches are kept. Cancelling again changes nothing; an import that has ended answers 409.',
          tags: ['imports'],
          params: schemas.ImportParams,
          response: { 200: schemas.Import },
        },
      },
      async ({ params, actor }) => presentImport(await cancelImport(deps, { id: params.id, actor })),
    )

    app.post(
      '/sources/:name/crawl',
      {
        config: { allow: [] },
        schema: {
          operationId: 'crawlSource',
          summary: 'Import a source through its API',
          description:
            'What is new since the last crawl, or since a day. While a crawl of the source waits or runs, the answer is that one.',
          tags: ['imports'],
          params: schemas.CrawlParams,
          body: schemas.Crawl,
          response: { 202: schemas.Import },
        },
      },
      async ({ params, body, actor }, reply) =>
        reply.code(202).send(presentImport(await startCrawl(deps, { ...params, ...body, actor }))),
    )

    app.post(
      '/imports/:id/resume',
      {
        config: { allow: IMPORTERS },
        schema: {
          operationId: 'resumeImport',
          summary: 'Resume an upload or a crawl that was cancelled within the last 24 hours',
          description:
            'It reads its files or the source’s API again, and writes what is not stored yet. An import that failed or was started on the command line is not resumed: upload its files again, or start the crawl again; what is stored already is recognised.',
          tags: ['imports'],
          params: schemas.ImportParams,
          response: { 200: schemas.Import },
        },
      },
      async ({ params, actor }) => presentImport(await resumeImport(deps, { id: params.id, actor })),
    )
  }
}

async function startImport(
  deps: ImportRouteDeps,
  request: FastifyRequest,
): Promise<{ readonly id: string; readonly isReplay: boolean }> {
  const { uploads, uploadLimit, queue, clock } = deps
  const { actor } = request
  if (!request.isMultipart()) throw ingestErrors.UPLOAD_EXPECTED()
  const idempotencyKey = request.headers['idempotency-key'] as string | undefined
  if (Number(request.headers['content-length'] ?? 0) > uploadLimit + FRAMING_BYTES)
    throw ingestErrors.UPLOAD_TOO_LARGE({ limit: uploadLimit })

  await uploads.sweep(queue.unended)
  const id = newId('imp', clock.now())
  const accepted = await uploads.take(id, uploadLimit, async (upload) => {
    const fields = await receiveUpload(request.parts(), upload, checkField)
    const importRequest = { ...requestFrom(fields), actor }
    const [files, homeId] = [await upload.keep(), await uploads.homeId()]
    return acceptImport(deps, { id, request: importRequest, files, homeId, idempotencyKey })
  })
  // The same upload came before, or at the same time and was first.
  if (accepted !== id) await uploads.remove(id)
  return { id: accepted, isReplay: accepted !== id }
}

/**
 * Reads and discards what is still being sent after the answer, for a limited time: closing the connection at once would
 * lose the answer, and reading on would let the sender continue for ever.
 */
function dismissSender({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.complete || raw.destroyed) return
  raw.resume()
  const cut = setTimeout(() => raw.destroy(), LINGER_MS)
  raw.once('close', () => clearTimeout(cut))
  reply.raw.once('close', () => clearTimeout(cut))
}

const READERS = ['knowledge-manager', 'supervisor'] as const
const EVENT_STREAM = 'text/event-stream'

/** The history of imports, their rejections, and the progress of running ones. */
export function importHistoryRoutes(history: ImportHistory): FastifyPluginAsyncTypebox {
  return async (app) => {
    // The audience of a listener was checked when it connected.
    const watching = createImportWatching((ids) => history.find(ids, 'internal'))
    app.addHook('preClose', async () => watching.close())

    app.get(
      '/imports',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listImports',
          summary: 'List imports, newest first, from the command line and over HTTP',
          tags: ['imports'],
          querystring: schemas.ImportListQuery,
          response: { 200: schemas.ImportPage },
        },
      },
      async ({ query, actor }) => {
        const { limit = 20, ...filters } = query
        const page = await history.list({ ...filters, limit, reader: actor.audience })
        return { ...page, items: page.items.map(presentImport) }
      },
    )

    app.get(
      '/imports/:id',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getImport',
          summary: 'Get an import, with its progress or result',
          tags: ['imports'],
          params: schemas.ImportParams,
          response: { 200: schemas.Import },
        },
      },
      async ({ params, actor }) => presentImport(await history.require(params.id, actor.audience)),
    )

    app.get(
      '/imports/:id/rejections',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listImportRejections',
          summary: 'List the rejected records of an import, with place and reason',
          description: 'In the order of the export. All are counted; the first 10,000 are kept.',
          tags: ['imports'],
          params: schemas.ImportParams,
          querystring: schemas.RejectionListQuery,
          response: { 200: schemas.RejectionPage },
        },
      },
      async ({ params, query, actor }) => {
        const { limit = 20, cursor } = query
        const reader = actor.audience
        const page = await history.rejections(params.id, { reader, limit, cursor })
        return { ...page, items: [...page.items] }
      },
    )

    app.get(
      '/imports/:id/events',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'followImport',
          summary: 'Stream the progress of an import as server-sent events',
          description:
            'Sends the present state first, then an event `progress` for each change, and finally `completed`, `failed`, `cancelled` or `interrupted`, with the import as data. Answers 204 to a client that has already received the last event, so that an EventSource stops reconnecting.',
          tags: ['imports'],
          params: schemas.ImportParams,
          headers: schemas.EventHeaders,
          produces: [EVENT_STREAM],
          response: {
            200: {
              description: 'Server-sent events',
              content: { [EVENT_STREAM]: { schema: Type.Unsafe<Readable>({ type: 'string' }) } },
            },
            204: Type.Null({
              description: 'The import has ended and the client has received the last event',
            }),
          },
        },
      },
      async (request, reply) => {
        const { params, actor, headers } = request
        const record = await history.require(params.id, actor.audience)
        if (hasEnded(record) && headers['last-event-id'] === versionOf(record))
          return reply.code(204).send(null)
        const events = importEvents(watching.watch(record.id))
        reply.header('x-accel-buffering', 'no').type(EVENT_STREAM)
        return reply.send(Readable.from(events, { objectMode: false, highWaterMark: 1 }))
      },
    )
  }
}
