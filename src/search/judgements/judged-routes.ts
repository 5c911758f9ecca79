import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Database } from '../../platform/database/database.ts'
import { whenLeft } from '../../platform/when-left.ts'
import type { Search } from '../search.ts'
import type { CurrentSynonyms } from '../synonyms/synonym-lists.ts'
import * as schemas from './judged-schemas.ts'
import { type Judgement, type JudgementStore, judgementErrors } from './judgement-store.ts'
import { type MeasureDeps, measureJudged, readableAmong, relevanceOf } from './measure-judged.ts'

interface JudgedDeps extends MeasureDeps {
  readonly db: Database
  readonly audit: AuditLog
  readonly search: Pick<Search, 'query'>
  readonly synonyms: CurrentSynonyms
  readonly judgements: JudgementStore
}

const LEADS = ['knowledge-manager', 'supervisor'] as const
const MANAGERS = ['knowledge-manager'] as const
const tags = ['search']
const SHOWN = 10

/** The relevance bench: searches whose results people judged, and how well search answers them now. */
export function judgedRoutes(deps: JudgedDeps): FastifyPluginAsyncTypebox {
  const { db, audit, search, synonyms, documents, judgements } = deps
  return async (app) => {
    app.get(
      '/search/judged',
      {
        config: { allow: LEADS },
        schema: {
          operationId: 'listJudgedSearches',
          summary: 'List judged searches, and how well search answers them now',
          description: 'Each is asked anew, among what you may see.',
          tags,
          response: { 200: schemas.JudgedSearches },
        },
      },
      async (request, reply) => {
        const counters = await request.counters()
        const reader = request.actor.audience
        const { table } = await synonyms.current(counters)
        const signal = whenLeft(reply.raw)
        const items = await measureJudged(deps, { reader, synonyms: table, signal }, counters)
        return { relevance: relevanceOf(items), items }
      },
    )

    app.post(
      '/search/judged',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'addJudgedSearch',
          summary: 'Add a search whose results are to be judged',
          description: 'What was added before in the same language is found, not added twice.',
          tags,
          body: schemas.NewJudgedSearch,
          response: { 200: schemas.Added, 201: schemas.Added },
        },
      },
      async ({ body: { text, language = 'und' }, actor }, reply) => {
        const { search: added, isNew } = await db.transaction(async () => {
          const result = await judgements.add({ text, language }, actor)
          if (result.isNew)
            await audit.record('judged-search.added', actor, `judged-search/${result.search.id}`, {
              after: { text: result.search.text, language },
            })
          return result
        })
        return reply.code(isNew ? 201 : 200).send(added)
      },
    )

    app.get(
      '/search/judged/:id',
      {
        config: { allow: LEADS },
        schema: {
          operationId: 'getJudgedSearch',
          summary: 'Get the first results of a judged search with what was said of them',
          tags,
          params: schemas.SearchParams,
          response: { 200: schemas.JudgedResults },
        },
      },
      async (request) => {
        const { id } = request.params
        const { audience } = request.actor
        const judged = await judgements.require(id, audience)
        const { text: q, language } = judged
        const counters = await request.counters()
        const asked = language === 'und' ? undefined : language
        const found = await search.query(
          { q, audience, language: asked, limit: SHOWN, record: false },
          counters,
        )
        const all = (await judgements.of([id])).get(id)!
        const said = new Map(all.map((each) => [each.documentId, each]))
        const shown = new Set(found.items.map((item) => item.id))
        const others = all.flatMap(({ documentId }) => (shown.has(documentId) ? [] : [documentId]))
        const readable = await readableAmong(documents, others, audience, counters)
        return {
          ...judged,
          nothingFits: found.nearest === true || found.items.length === 0,
          results: found.items.map((item) => ({ item, judgement: present(said.get(item.id)) })),
          beyond: [...readable.values()].map((document) => ({
            id: document.id,
            kind: document.kind,
            title: document.title,
            language: document.language,
            judgement: present(said.get(document.id)),
          })),
        }
      },
    )

    app.delete(
      '/search/judged/:id',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'removeJudgedSearch',
          summary: 'Remove a judged search with what was said of its results',
          tags,
          params: schemas.SearchParams,
          response: { 204: Type.Null() },
        },
      },
      async ({ params: { id }, actor }, reply) => {
        await db.transaction(async () => {
          const { text, language } = await judgements.remove(id, actor.audience)
          const before = { text, language }
          await audit.record('judged-search.removed', actor, `judged-search/${id}`, { before })
        })
        return reply.code(204).send(null)
      },
    )

    app.put(
      '/search/judged/:id/judgements/:documentId',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'judgeResult',
          summary: 'Say whether an article or thread answers a judged search',
          tags,
          params: schemas.JudgementParams,
          body: schemas.JudgementBody,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const { id, documentId } = request.params
        const { actor } = request
        const { answers } = request.body
        const counters = await request.counters()
        await judgements.require(id, actor.audience)
        const readable = await readableAmong(documents, [documentId], actor.audience, counters)
        if (!readable.has(documentId)) throw judgementErrors.JUDGED_DOCUMENT_NOT_FOUND({ id: documentId })
        await db.transaction(async () => {
          await judgements.judge(id, documentId, answers, actor)
          const after = { documentId, answers }
          await audit.record('judged-search.judged', actor, `judged-search/${id}`, { after })
        })
        return reply.code(204).send(null)
      },
    )

    app.delete(
      '/search/judged/:id/judgements/:documentId',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'takeBackJudgement',
          summary: 'Take back what was said of a result',
          tags,
          params: schemas.JudgementParams,
          response: { 204: Type.Null() },
        },
      },
      async ({ params: { id, documentId }, actor }, reply) => {
        await judgements.require(id, actor.audience)
        await db.transaction(async () => {
          const was = await judgements.takeBack(id, documentId)
          if (was === undefined) return
          const before = { documentId, answers: was.answers }
          await audit.record('judged-search.judgement-taken-back', actor, `judged-search/${id}`, { before })
        })
        return reply.code(204).send(null)
      },
    )
  }
}

function present(judgement: Judgement | undefined) {
  return judgement === undefined ? {} : { answers: judgement.answers, by: judgement.by, at: judgement.at }
}
