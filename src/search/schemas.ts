import { Type } from 'typebox'
import { SURENESS } from './similar/find-similar.ts'
import { SUGGESTION_KINDS } from './suggest.ts'

export const SearchQuerystring = Type.Object(
  {
    q: Type.String({
      maxLength: 500,
      description:
        'The question, in the words of the person who asks. `"…"` or `« … »` asks for words next to each other, `-word` excludes one, `title:word` wants it in the title, `source:name` and `lang:fr` keep to a source and a language; a minus before any of them excludes. What is written otherwise is words.',
    }),
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
    facets: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether to count what the search can be narrowed to' }),
    ),
    record: Type.Optional(
      Type.Boolean({
        default: true,
        description:
          'Whether the search is counted where it finds no article. Send `false` while the question is still being typed.',
      }),
    ),
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

const FacetCounts = Type.Array(
  Type.Object({
    value: Type.String(),
    count: Type.Integer({ description: '`total` of the same search with this value as the filter' }),
  }),
  { description: 'The most frequent first; at most 50' },
)

export const SearchItem = Type.Object({
  kind: Type.Enum(['article', 'thread']),
  id: Type.String(),
  title: Type.String(),
  titleMarks: Marks,
  snippet: Type.Object(
    { text: Type.String(), marks: Marks },
    { description: 'The best matching passage, as plain text' },
  ),
  language: Type.String(),
  score: Type.Number({
    description: 'Relevance, to compare the items of one answer; articles get a quarter more than threads',
  }),
  path: Type.String({ description: 'Path of the whole article or thread' }),
  updatedAt: Type.String(),
  category: Type.Optional(Type.String()),
  source: Type.Optional(Type.String()),
})

export const SearchAnswer = Type.Object(
  {
    query: Type.String(),
    total: Type.Integer({
      description:
        'How many articles and threads that the caller may see fit the question; 0 where none does',
    }),
    nearest: Type.Optional(
      Type.Literal(true, {
        description: 'Set where nothing fits the question: the items are merely the nearest that there are',
      }),
    ),
    indexing: Type.Optional(
      Type.Literal(true, {
        description:
          'Set while the index does not hold all that there is, after a large import or a start: more may be found in a while',
      }),
    ),
    corrected: Type.Optional(
      Type.String({
        description:
          'The question with its misspelt words put right. What was found was found by them: show it as what was probably meant.',
      }),
    ),
    items: Type.Array(SearchItem),
    facets: Type.Optional(
      Type.Object(
        { kind: FacetCounts, language: FacetCounts, category: FacetCounts, source: FacetCounts },
        {
          description:
            'What the search can be narrowed to, by filter, with the other filters applied, of what the caller may see; at most 8 languages',
        },
      ),
    ),
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

export const SuggestQuerystring = Type.Object(
  {
    q: Type.String({
      maxLength: 500,
      description: 'What is typed so far; the first 200 characters are read',
    }),
    language: Type.Optional(
      Type.String({ maxLength: 20, description: 'Only suggestions in this language; by default in any' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 16, default: 10, description: 'Of all kinds' })),
  },
  { additionalProperties: false },
)

export const Suggestions = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        kind: Type.Enum([...SUGGESTION_KINDS], {
          description:
            '`completion`: what is typed with a word finished or added; `question`: what at least five visits to the help centre asked; `article` and `thread`: the title of one',
        }),
        text: Type.String(),
        marks: Marks,
        language: Type.Optional(Type.String()),
        id: Type.Optional(Type.String({ description: 'Of the article or thread' })),
        path: Type.Optional(Type.String({ description: 'Path of the whole article or thread' })),
      }),
      { description: 'By kind, in this order; the best of each kind first; no text twice' },
    ),
  },
  {
    examples: [
      {
        items: [
          { kind: 'completion', text: 'activer le roaming', marks: [[0, 14]], language: 'fr' },
          {
            kind: 'article',
            text: 'Activer le roaming hors d’Europe',
            marks: [
              [0, 7],
              [11, 18],
            ],
            language: 'fr',
            id: 'art_01jd3k8q0r2s4t6v8w0x2y4z6a',
            path: '/api/articles/art_01jd3k8q0r2s4t6v8w0x2y4z6a',
          },
        ],
      },
    ],
  },
)

/** Characters of a post's text that are taken; search reads the first of them. */
const LONGEST_TEXT = 30_000

export const SimilarBody = Type.Object(
  {
    title: Type.String({ maxLength: 500, description: 'The title as far as it is written' }),
    text: Type.Optional(
      Type.String({ maxLength: LONGEST_TEXT, description: 'The text as far as it is written, in Markdown' }),
    ),
    language: Type.Optional(
      Type.String({ maxLength: 20, description: 'Language of the post; told from its words by default' }),
    ),
    except: Type.Optional(
      Type.String({ maxLength: 100, description: 'Id of the thread that the post is of, which is left out' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 5, description: 'Of each kind' })),
  },
  { additionalProperties: false },
)

const similar = {
  id: Type.String(),
  title: Type.String(),
  language: Type.String(),
  sureness: Type.Enum([...SURENESS], {
    description:
      '`same`: it asks the same question; `likely`: it answers the title in more than one of two cases; `related`: it is about the same matter',
  }),
  path: Type.String({ description: 'Path of the whole article or thread' }),
  updatedAt: Type.String(),
  category: Type.Optional(Type.String()),
}

export const SimilarAnswer = Type.Object({
  language: Type.String({ description: 'The language in which it was looked for' }),
  articles: Type.Array(Type.Object(similar), { description: 'The surest first' }),
  threads: Type.Array(
    Type.Object({
      ...similar,
      source: Type.String(),
      resolved: Type.Boolean(),
      answerCount: Type.Integer(),
    }),
    {
      description:
        'The surest first; of equally sure ones those that are resolved, then those with an answer',
    },
  ),
})
