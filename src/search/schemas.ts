import { Type } from 'typebox'

export const SearchQuerystring = Type.Object(
  {
    q: Type.String({ maxLength: 500, description: 'The question, in the words of the person who asks' }),
    language: Type.Optional(
      Type.String({
        maxLength: 20,
        description:
          'Only content in this language, which is also used to read q; by default q is read in both languages',
      }),
    ),
    kind: Type.Optional(Type.Enum(['article', 'thread'], { description: 'Only articles, or only threads' })),
    category: Type.Optional(
      Type.String({ maxLength: 200, description: 'Only threads and articles with this label' }),
    ),
    source: Type.Optional(Type.String({ maxLength: 200, description: 'Only threads from this source' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
    cursor: Type.Optional(
      Type.String({
        maxLength: 500,
        description: '`next` of the previous page; at most 1,000 results can be paged through',
      }),
    ),
  },
  { additionalProperties: false },
)

const Marks = Type.Array(Type.Array(Type.Integer(), { minItems: 2, maxItems: 2 }), {
  description: 'Positions of the matches: [start, end) in UTF-16 units, ascending, without overlaps',
})

const SearchItem = Type.Object({
  kind: Type.Enum(['article', 'thread']),
  id: Type.String(),
  title: Type.String(),
  titleMarks: Marks,
  snippet: Type.Object(
    { text: Type.String(), marks: Marks },
    { description: 'The best matching passage, as plain text' },
  ),
  language: Type.String(),
  score: Type.Number({ description: 'Relevance (BM25F); articles get a quarter more than threads' }),
  path: Type.String({ description: 'Path of the whole article or thread' }),
  updatedAt: Type.String(),
  category: Type.Optional(Type.String()),
  source: Type.Optional(Type.String()),
})

export const SearchAnswer = Type.Object(
  {
    query: Type.String(),
    total: Type.Integer({ description: 'All matches that the caller may see' }),
    items: Type.Array(SearchItem),
    next: Type.Optional(Type.String()),
  },
  {
    examples: [
      {
        query: 'activer le roaming',
        total: 1,
        items: [
          {
            kind: 'article',
            id: 'art_01jd3k8q0r2s4t6v8w0x2y4z6a',
            title: 'Activer les données à l’étranger',
            titleMarks: [[0, 7]],
            snippet: { text: 'Dans les réglages, activez l’itinérance …', marks: [[19, 26]] },
            language: 'fr',
            score: 7.4312,
            path: '/api/articles/art_01jd3k8q0r2s4t6v8w0x2y4z6a',
            updatedAt: '2026-01-14T09:12:00.000Z',
            category: 'roaming',
          },
        ],
      },
    ],
  },
)
