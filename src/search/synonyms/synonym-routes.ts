import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { entityTag, requireVersionIn } from '../../platform/entity-tag.ts'
import { PageQuery } from '../../platform/page-schema.ts'
import { whenLeft } from '../../platform/when-left.ts'
import { listSynonyms } from './list-synonyms.ts'
import { type PreviewDeps, previewSynonyms } from './preview-synonyms.ts'
import { type ProposalDeps, proposeSynonyms } from './propose-synonyms.ts'
import { restoreSynonyms, type SynonymDeps, saveSynonyms } from './save-synonyms.ts'
import * as schemas from './synonym-schemas.ts'
import { checkEntry } from './synonym-text.ts'

const MANAGERS = ['knowledge-manager'] as const
const tags = ['search']

/** Synonyms, which knowledge managers own. */
export function synonymRoutes(deps: SynonymDeps & PreviewDeps & ProposalDeps): FastifyPluginAsyncTypebox {
  const { store, synonyms, clock } = deps
  return async (app) => {
    app.get(
      '/search/synonyms',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'listSynonyms',
          summary: 'List the synonyms in force, the latest first',
          tags,
          querystring: schemas.ListQuery,
          response: { 200: schemas.EntryPage },
        },
      },
      async ({ query: { limit = 50, ...query } }, reply) => {
        const listed = await listSynonyms(synonyms, { limit, ...query })
        return reply
          .header('etag', entityTag(listed.version))
          .send({ ...listed, items: listed.items.map(present) })
      },
    )

    app.post(
      '/search/synonyms',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'saveSynonyms',
          summary: 'Add and remove synonyms, as a new version',
          description:
            'To edit an entry, remove it and add it as it is to be. The next search in any process looks for what stands for its words. Nothing leads further than one step, so that circles do no harm.',
          tags,
          headers: schemas.IfMatch,
          body: schemas.Change,
          response: { 200: schemas.Version },
        },
      },
      async ({ body, headers, actor }, reply) => {
        const basedOn = requireVersionIn(headers['if-match'])
        const saved = await saveSynonyms(deps, { change: body, basedOn, actor })
        return reply.header('etag', entityTag(saved.version)).send(saved)
      },
    )

    app.post(
      '/search/synonyms/preview',
      {
        config: { allow: MANAGERS, idempotent: false },
        schema: {
          operationId: 'previewSynonyms',
          summary: 'Show what a change of the synonyms would change',
          description: 'Asks recent questions before and after, among what you may see. Stores nothing.',
          tags,
          body: schemas.Change,
          response: { 200: schemas.Preview },
        },
      },
      async ({ body, actor }, reply) => {
        const { items, ...counts } = await previewSynonyms(deps, {
          change: body,
          reader: actor.audience,
          signal: whenLeft(reply.raw),
        })
        const first = ({ nothing, items: shown }: (typeof items)[number]['before']) => ({
          nothing,
          items: shown.map(({ id, kind, title, language }) => ({ id, kind, title, language })),
        })
        return {
          ...counts,
          items: items.map((each) => ({ ...each, before: first(each.before), after: first(each.after) })),
        }
      },
    )

    app.get(
      '/search/synonyms/export',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'exportSynonyms',
          summary: 'Export the synonyms in force as text, an entry a line',
          tags,
          produces: ['text/plain'],
          response: { 200: Type.String({ description: 'What `text` of a change takes' }) },
        },
      },
      async (_request, reply) => {
        const { version } = await store.current()
        const lines = await store.linesOf(version)
        return reply
          .type('text/plain; charset=utf-8')
          .header('etag', entityTag(version))
          .header('content-disposition', 'attachment; filename="synonyms.txt"')
          .send(lines.map(({ line }) => `${line}\n`).join(''))
      },
    )

    app.get(
      '/search/synonyms/versions',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'listSynonymVersions',
          summary: 'List the versions of the synonyms, the latest first',
          tags,
          querystring: PageQuery,
          response: { 200: schemas.VersionPage },
        },
      },
      async ({ query: { limit = 20, cursor } }) => {
        const { items, ...page } = await store.list({ limit, cursor })
        return { ...page, items: [...items] }
      },
    )

    app.get(
      '/search/synonyms/versions/:version',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'getSynonymVersion',
          summary: 'Get what a version of the synonyms changed',
          tags,
          params: schemas.VersionParams,
          response: { 200: schemas.VersionChanges },
        },
      },
      async ({ params: { version } }) => {
        await store.require(version)
        const { added, removed } = await store.difference(Math.max(0, version - 1), version)
        return { version, added: [...added], removed: [...removed] }
      },
    )

    app.post(
      '/search/synonyms/versions/:version/restore',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'restoreSynonyms',
          summary: 'Put an earlier version of the synonyms in force again',
          description: 'Adds a version with its entries; nothing is deleted.',
          tags,
          params: schemas.VersionParams,
          headers: schemas.IfMatch,
          response: { 200: schemas.Version },
        },
      },
      async ({ params: { version }, headers, actor }, reply) => {
        const basedOn = requireVersionIn(headers['if-match'])
        const saved = await restoreSynonyms(deps, { version, basedOn, actor })
        return reply.header('etag', entityTag(saved.version)).send(saved)
      },
    )

    app.get(
      '/search/synonyms/proposals',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'listSynonymProposals',
          summary: 'List words that may stand for each other',
          description:
            'From titles of threads that ask the same and of articles and their translations, and from searches that the same article solved for two visits or more each, among those that you may see; at most 50.',
          tags,
          response: { 200: schemas.Proposals },
        },
      },
      async ({ actor }) => ({
        items: (await proposeSynonyms(deps, actor.audience)).map(({ words, examples, ...each }) => ({
          ...each,
          words: [...words],
          examples: examples.map(({ titles }) => ({ titles: [...titles] })),
        })),
      }),
    )

    app.post(
      '/search/synonyms/proposals/decline',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'declineSynonyms',
          summary: 'Decline words that were proposed, so that they are not proposed again',
          tags,
          body: schemas.Declined,
          response: { 204: Type.Null({ description: 'It is kept' }) },
        },
      },
      async ({ body, actor }, reply) => {
        const entry = checkEntry(body, 1)
        await deps.db.transaction(async () => {
          await store.decline(entry, actor, clock)
          await deps.audit.record('synonyms.declined', actor, 'synonyms', { after: entry })
        })
        return reply.code(204).send(null)
      },
    )
  }
}

type Shown = Awaited<ReturnType<typeof listSynonyms>>['items'][number]

function present({ id, words, alsoFinds, line }: Shown) {
  return { id, words: [...words], alsoFinds: alsoFinds && [...alsoFinds], line }
}
