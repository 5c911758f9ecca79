import { Type } from 'typebox'

export const SearchQuerystring = Type.Object(
  {
    q: Type.String({ maxLength: 500, description: 'The question, in the words of whoever asks' }),
    language: Type.Optional(
      Type.String({
        maxLength: 20,
        description:
          'Only what is written in this language; q is read in it too. Without it q is read in both',
      }),
    ),
    kind: Type.Optional(Type.Enum(['article', 'thread'], { description: 'Only articles, or only threads' })),
    category: Type.Optional(Type.String({ maxLength: 200, description: 'Only what carries this label' })),
    source: Type.Optional(Type.String({ maxLength: 200, description: 'Only threads of this source' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
    cursor: Type.Optional(
      Type.String({ maxLength: 500, description: '`next` of the page before; pages go 1,000 hits deep' }),
    ),
  },
  { additionalProperties: false },
)

const Marks = Type.Array(Type.Array(Type.Integer(), { minItems: 2, maxItems: 2 }), {
  description: 'Where the matches are: [start, end) in UTF-16 units, ascending, apart from each other',
})

const SearchItem = Type.Object({
  kind: Type.Enum(['article', 'thread']),
  id: Type.String(),
  title: Type.String(),
  titleMarks: Marks,
  snippet: Type.Object(
    { text: Type.String(), marks: Marks },
    { description: 'The passage that says most of what was asked for, in plain text without markup' },
  ),
  language: Type.String(),
  score: Type.Number({ description: 'Relevance (BM25F); articles count a quarter more than threads' }),
  path: Type.String({ description: 'Where the whole of it is' }),
  updatedAt: Type.String(),
  category: Type.Optional(Type.String()),
  source: Type.Optional(Type.String()),
})

export const SearchAnswer = Type.Object(
  {
    query: Type.String(),
    total: Type.Integer({ description: 'All that match and that the caller may see' }),
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
