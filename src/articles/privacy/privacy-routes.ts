import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { entityTag, requireVersionIn } from '../../platform/entity-tag.ts'
import type { ArticleDeps } from '../deps.ts'
import * as schemas from '../schemas.ts'
import { decideOnFindings, type PersonalDataView, showPersonalData } from './decide-on-findings.ts'
import { Decisions, PersonalData, PersonalDataQuery, TextIfMatch } from './privacy-schemas.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const tags = ['articles']

/** Personal data in articles, and what is decided on it. */
export function privacyRoutes(deps: ArticleDeps): FastifyPluginAsyncTypebox {
  /** The findings, with the ETag of the text that they are in. */
  function show({ version, findings }: PersonalDataView, reply: FastifyReply) {
    reply.header('etag', entityTag(version))
    return { findings }
  }

  return async (app) => {
    app.get(
      '/articles/:id/personal-data',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listArticlePersonalData',
          summary: 'List the personal data in an article or its draft',
          description:
            'Kinds and places, not the data itself. `ETag` is that of the article or of its draft.',
          tags,
          params: schemas.ArticleParams,
          querystring: PersonalDataQuery,
          response: { 200: PersonalData },
        },
      },
      async ({ params: { id }, query: { draft = false }, actor }, reply) =>
        show(await showPersonalData(deps, { id, draft, actor }), reply),
    )

    app.post(
      '/articles/:id/personal-data/decisions',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'decideOnPersonalData',
          summary: 'Redact personal data in an article or its draft, or waive it with a reason',
          description:
            'A finding is redacted wherever it occurs: the article gets a revision, or the draft is saved. A waived one may be shown, in later revisions too. Answers with what is there now.',
          tags,
          params: schemas.ArticleParams,
          headers: TextIfMatch,
          body: Decisions,
          response: { 200: PersonalData },
        },
      },
      async ({ params: { id }, body: { draft = false, decisions }, actor, headers }, reply) => {
        const version = requireVersionIn(headers['if-match'])
        const decided = decisions.map((decision) => ({
          finding: decision.finding,
          reason: decision.action === 'waive' ? decision.reason.trim() : undefined,
        }))
        return show(await decideOnFindings(deps, { id, draft, version, decisions: decided, actor }), reply)
      },
    )
  }
}
