import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ArticleDeps } from '../deps.ts'
import { readerOf } from '../readable-articles.ts'
import * as schemas from '../schemas.ts'
import { closeReport } from './close-report.ts'
import { reportProblem } from './report-problem.ts'
import * as reports from './report-schemas.ts'
import { listReports, presentReport } from './show-reports.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const tags = ['articles']

/** Problems that people report on articles. */
export function reportRoutes(deps: ArticleDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/articles/:id/reports',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'reportArticleProblem',
          summary: 'Report a problem with an article',
          description:
            'It goes to the owner of the article’s category, where it has one, and is due within a week; within two days where customers or the public see the article.',
          tags,
          params: schemas.ArticleParams,
          body: reports.NewReport,
          response: { 201: reports.Report },
        },
      },
      async ({ params: { id }, body: { comment, passageId }, actor }, reply) => {
        const added = await reportProblem(deps, { id, comment: comment.trim(), passageId, actor })
        const report = await deps.reports.require(added.id, readerOf(actor))
        return reply.code(201).send(await presentReport(deps, report, actor))
      },
    )

    app.get(
      '/articles/reports',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listArticleReports',
          summary: 'List reported problems with articles',
          description: 'Those on articles that the caller sees, by people whose audience the caller may see.',
          tags,
          querystring: reports.ReportQuery,
          response: { 200: reports.ReportPage },
        },
      },
      async ({ query, actor }) => {
        const { items, ...page } = await listReports(deps, query, actor)
        return { ...page, items: [...items] }
      },
    )

    app.post(
      '/articles/reports/:report/close',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'closeArticleReport',
          summary: 'Close a report as fixed or rejected',
          description: 'For those who may edit the article.',
          tags,
          params: reports.ReportParams,
          body: reports.Closing,
          response: { 200: reports.Report },
        },
      },
      async ({ params, body: { outcome, note }, actor }) => {
        const closed = await closeReport(deps, { id: params.report, outcome, note: note?.trim(), actor })
        return presentReport(deps, closed, actor)
      },
    )
  }
}
