import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { entityTag, requireVersionIn } from '../../platform/entity-tag.ts'
import { RequiredIfMatch } from '../schemas.ts'
import * as schemas from './coaching-schemas.ts'
import { changeCoachingSettings, type StoredCoachingSettings } from './coaching-settings.ts'
import * as figures from './figure-schemas.ts'
import { coachingFigures } from './figures.ts'
import { judgeLink, showLinks } from './links.ts'
import { type CoachingDeps, scoreArticle, showSample } from './sample.ts'
import { showScores } from './show-scores.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const tags = ['articles']
const Kept = Type.Null({ description: 'It is kept' })

/** Samples of articles and links for coaches, what they say of them, and the figures of it. */
export function coachingRoutes(deps: CoachingDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/coaching/sample',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'getCoachingSample',
          summary: 'Get the articles to coach with this month',
          description:
            'Of each person some of the articles that they wrote in or published in the 30 days before the month, drawn by hash: the same for all who ask, but nobody gets their own. For coaches and supervisors.',
          tags,
          querystring: schemas.SampleQuery,
          response: { 200: schemas.Sample },
        },
      },
      async ({ query, actor }) => {
        const { items, ...sample } = await showSample(deps, query, actor)
        return {
          ...sample,
          items: items.map(({ score, ...each }) => ({
            ...each,
            score: score && { ...score, answers: [...score.answers] },
          })),
        }
      },
    )

    app.post(
      '/coaching/scores',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'scoreArticle',
          summary: 'Answer the checklist for an article of the sample',
          description:
            'For coaches. Its author sees the answers and notes. Answering again replaces what you said; what another coach said stays.',
          tags,
          body: schemas.NewScore,
          response: { 204: Kept },
        },
      },
      async ({ body, actor }, reply) => {
        await scoreArticle(deps, body, actor)
        return reply.code(204).send(null)
      },
    )

    app.get(
      '/coaching/scores',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listCoachingScores',
          summary: 'List what coaches said of an author’s articles, the latest month first',
          description: 'Of your own articles; for coaches and supervisors of anybody’s.',
          tags,
          querystring: schemas.ScoreQuery,
          response: { 200: schemas.ScorePage },
        },
      },
      async ({ query, actor }) => {
        const { items, ...page } = await showScores(deps, query, actor)
        return { ...page, items: items.map((each) => ({ ...each, answers: [...each.answers] })) }
      },
    )

    app.get(
      '/coaching/links',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'getCoachingLinks',
          summary: 'Get the links to judge this month',
          description:
            'Uses of articles of the 90 days before the month, drawn by hash; nobody gets their own. For coaches and supervisors.',
          tags,
          response: { 200: figures.Links },
        },
      },
      async ({ actor }) => {
        const { items, ...sample } = await showLinks(deps, actor)
        return { ...sample, items: [...items] }
      },
    )

    app.post(
      '/coaching/links/judgements',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'judgeLink',
          summary: 'Say whether an article answers what it was linked to',
          description: 'For coaches. Judging again replaces what you said; what another coach said stays.',
          tags,
          body: figures.NewJudgement,
          response: { 204: Kept },
        },
      },
      async ({ body, actor }, reply) => {
        await judgeLink(deps, body, actor)
        return reply.code(204).send(null)
      },
    )

    app.get(
      '/coaching/figures',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'getCoachingFigures',
          summary: 'Get the figures of coaching by month',
          description:
            'Coaches and supervisors see all, others the means of their own articles. They help to teach; as targets they would be met by other means.',
          tags,
          response: { 200: figures.Figures },
        },
      },
      async ({ actor }) => {
        const { months, people, teams, links } = await coachingFigures(deps, actor)
        return {
          months: [...months],
          people: people.map((each) => ({ ...each, months: [...each.months] })),
          teams: teams?.map((each) => ({ ...each, months: [...each.months] })),
          links: links && { rate: [...links.rate], accuracy: [...links.accuracy] },
        }
      },
    )

    app.get(
      '/coaching/settings',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'getCoachingSettings',
          summary: 'Get the checklist and the sizes of samples',
          tags,
          response: { 200: schemas.StoredSettings },
        },
      },
      async (_request, reply) => {
        const stored = await deps.coachingSettings.current()
        return reply.header('etag', entityTag(stored.version)).send(present(stored))
      },
    )

    app.put(
      '/coaching/settings',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'changeCoachingSettings',
          summary: 'Replace the checklist and the sizes of samples',
          description: 'For coaches. Earlier scores keep the checklist that they were given by.',
          tags,
          headers: RequiredIfMatch,
          body: schemas.Settings,
          response: { 200: schemas.StoredSettings },
        },
      },
      async ({ body: settings, headers, actor }, reply) => {
        const basedOn = requireVersionIn(headers['if-match'])
        const stored = await changeCoachingSettings(deps, { settings, basedOn, actor })
        return reply.header('etag', entityTag(stored.version)).send(present(stored))
      },
    )
  }
}

function present({ version, settings: { points, ...sizes } }: StoredCoachingSettings) {
  return { version, points: points.map((point) => ({ ...point })), ...sizes }
}
