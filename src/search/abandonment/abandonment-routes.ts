import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { DAYS } from '../log/log-schemas.ts'
import type { Search } from '../search.ts'
import { SIGNS } from './giving-up.ts'

const LEADS = ['knowledge-manager', 'supervisor'] as const
const USUAL_DAYS = 30
const A_PAGE = 25
const tags = ['search']

const SIGN = Type.Enum([...SIGNS], {
  description:
    '`searches`: several different searches without an opening; `no`: *no* to whether an article helped; `asked`: a question sent after reading or searching',
})
const CountQuery = Type.Object({ days: Type.Optional(DAYS) }, { additionalProperties: false })
const ListQuery = Type.Object(
  {
    days: Type.Optional(DAYS),
    sign: Type.Optional(SIGN),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: A_PAGE })),
    cursor: Type.Optional(Type.String({ maxLength: 500, description: '`next` of the previous page' })),
  },
  { additionalProperties: false },
)

const counts = {
  visits: Type.Integer({ description: 'Visits that gave up; one counts once a day' }),
  signs: Type.Object(
    { searches: Type.Integer(), no: Type.Integer(), asked: Type.Integer() },
    { description: 'Visits by sign; one with several signs counts under each' },
  ),
}
const document = {
  kind: Type.Enum(['article', 'thread']),
  id: Type.String(),
  title: Type.String(),
  language: Type.String(),
}
const lastDay = Type.String({ format: 'date' })
const next = Type.Optional(Type.String())
const exampleCounts = { visits: 14, signs: { searches: 0, no: 11, asked: 4 } }
const examplePage = {
  kind: 'article',
  id: 'art_01jd3k8q0r2s4t6v8w0x2y4z6a',
  title: 'Activer les données à l’étranger',
  language: 'fr',
} as const

const PageList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        ...document,
        ...counts,
        reads: Type.Integer({
          description: 'How often the page was read in the same days by the same audiences',
        }),
        lastDay,
        queries: Type.Array(Type.Object({ text: Type.String(), visits: Type.Integer() }), {
          description: 'What had led to it',
        }),
      }),
    ),
    next,
  },
  {
    examples: [
      {
        items: [
          {
            ...examplePage,
            ...exampleCounts,
            reads: 240,
            lastDay: '2026-01-14',
            queries: [{ text: 'activer le roaming', visits: 6 }],
          },
        ],
      },
    ],
  },
)

const QueryList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        language: Type.String({ description: '`und` where it is unknown' }),
        text: Type.String({ description: 'Its words, as the list of searches gives them' }),
        ...counts,
        asked: Type.Integer({
          description: 'How often it was asked in the same days; one visit counts once a day',
        }),
        lastDay,
        pages: Type.Array(Type.Object({ ...document, visits: Type.Integer() }), {
          description: 'Pages that it had led to',
        }),
      }),
    ),
    next,
  },
  {
    examples: [
      {
        items: [
          {
            language: 'fr',
            text: 'activer le roaming',
            ...exampleCounts,
            asked: 41,
            lastDay: '2026-01-14',
            pages: [{ ...examplePage, visits: 6 }],
          },
        ],
      },
    ],
  },
)

/** Where visitors of the help centre seem to give up. */
export function abandonmentRoutes({
  search,
}: {
  readonly search: Pick<Search, 'abandonment'>
}): FastifyPluginAsyncTypebox {
  const { count, pages, queries } = search.abandonment
  const about =
    'Most visits first. Visits of audiences that the caller may not see, and pages that they may not see, have no part in it.'

  return async (app) => {
    app.get(
      '/search/abandonment',
      {
        config: { allow: LEADS },
        schema: {
          operationId: 'countAbandonment',
          summary: 'Count the visits to the help centre that seem to give up',
          description: 'Visits of audiences that the caller may not see have no part in it.',
          tags,
          querystring: CountQuery,
          response: { 200: Type.Object(counts, { examples: [exampleCounts] }) },
        },
      },
      async ({ query: { days = USUAL_DAYS }, actor }) => count({ days, reader: actor.audience }),
    )

    app.get(
      '/search/abandonment/pages',
      {
        config: { allow: LEADS },
        schema: {
          operationId: 'listAbandonedPages',
          summary: 'List the pages of the help centre at which visits give up',
          description: about,
          tags,
          querystring: ListQuery,
          response: { 200: PageList },
        },
      },
      async ({ query: { days = USUAL_DAYS, limit = A_PAGE, ...query }, actor }) =>
        pages({ ...query, days, limit, reader: actor.audience }),
    )

    app.get(
      '/search/abandonment/queries',
      {
        config: { allow: LEADS },
        schema: {
          operationId: 'listAbandonedQueries',
          summary: 'List the searches with which visits give up',
          description: about,
          tags,
          querystring: ListQuery,
          response: { 200: QueryList },
        },
      },
      async ({ query: { days = USUAL_DAYS, limit = A_PAGE, ...query }, actor }) =>
        queries({ ...query, days, limit, reader: actor.audience }),
    )
  }
}
