import { Type } from 'typebox'

export const DAYS = Type.Integer({
  minimum: 1,
  maximum: 3_650,
  default: 30,
  description: 'Searches of so many last days; older ones than are kept are gone',
})

export const QueriesQuery = Type.Object(
  {
    days: Type.Optional(DAYS),
    text: Type.Optional(Type.String({ maxLength: 200, description: 'Only searches with these words' })),
    outcome: Type.Optional(
      Type.Enum(['failed', 'unhelped', 'helped'], {
        description:
          'Only those that found no article (`failed`), that helped nobody, or that helped somebody',
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 25 })),
    cursor: Type.Optional(Type.String({ maxLength: 500, description: '`next` of the previous page' })),
  },
  { additionalProperties: false },
)

const document = {
  kind: Type.Enum(['article', 'thread']),
  id: Type.String(),
  title: Type.String(),
}

export const QueryFigures = {
  language: Type.String({ description: '`und` where it is unknown' }),
  text: Type.String({
    description:
      'The words that articles or threads hold, as they were written; an ellipsis stands for others',
  }),
  asked: Type.Integer({ description: 'How often; one visit counts once a day' }),
  visitors: Type.Integer({ description: 'Visits to the help centre among them' }),
  helped: Type.Integer({
    description: 'Those after which something was opened, and nobody said that it did not help',
  }),
  failed: Type.Integer({ description: 'Those for which there was no article' }),
  putOtherwise: Type.Integer({
    description: 'Those after which nothing was opened, and something else was asked',
  }),
  lastDay: Type.String({ format: 'date' }),
}

export const QueryList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        ...QueryFigures,
        shown: Type.Array(Type.Object(document), { description: 'What it showed last, best first' }),
        opened: Type.Array(Type.Object({ ...document, times: Type.Integer() })),
        instead: Type.Array(Type.Object({ text: Type.String(), times: Type.Integer() }), {
          description: 'What the same visits asked instead',
        }),
      }),
    ),
    next: Type.Optional(Type.String()),
  },
  {
    examples: [
      {
        items: [
          {
            language: 'fr',
            text: 'activer le roaming',
            asked: 41,
            visitors: 38,
            helped: 29,
            failed: 0,
            putOtherwise: 4,
            lastDay: '2026-01-14',
            shown: [
              {
                kind: 'article',
                id: 'art_01jd3k8q0r2s4t6v8w0x2y4z6a',
                title: 'Activer les données à l’étranger',
              },
            ],
            opened: [],
            instead: [{ text: 'données à l’étranger', times: 3 }],
          },
        ],
      },
    ],
  },
)
