import { Type } from 'typebox'
import { SearchItem } from '../schemas.ts'

const Language = Type.Enum(['fr', 'en', 'und'], {
  description: 'In which it is asked; `und` where people chose none',
})

export const Relevance = Type.Object({
  searches: Type.Integer({ description: 'Judged searches to which an answer is known' }),
  mrr: Type.Number({
    description:
      'Mean of 1 ÷ place of the first result that answers; a search whose answer is beyond ten counts 0',
  }),
  top1: Type.Number({ description: 'Share of searches whose first result answers' }),
  top3: Type.Number({ description: 'Share of searches with an answer among the first three results' }),
})

const search = {
  id: Type.String(),
  text: Type.String(),
  language: Language,
  by: Type.String({ description: 'Who added it' }),
  createdAt: Type.String(),
}

const exampleSearch = {
  id: 'jsr_01jd3k8q0r2s4t6v8w0x2y4z6a',
  text: 'resilier apres un deces',
  language: 'fr' as const,
  by: 'Camille',
  createdAt: '2026-03-02T09:00:00.000Z',
}

export const JudgedSearches = Type.Object(
  {
    relevance: Relevance,
    items: Type.Array(
      Type.Object({
        ...search,
        answers: Type.Integer({ description: 'Articles and threads that answer it' }),
        place: Type.Optional(
          Type.Integer({
            description: 'Place of the first of them; absent where it is not among the first ten',
          }),
        ),
        unjudged: Type.Integer({ description: 'Of its first five results: how many nobody judged' }),
      }),
      { description: 'The latest first' },
    ),
  },
  {
    examples: [
      {
        relevance: { searches: 1, mrr: 0.5, top1: 0, top3: 1 },
        items: [{ ...exampleSearch, answers: 1, place: 2, unjudged: 0 }],
      },
    ],
  },
)

export const NewJudgedSearch = Type.Object(
  {
    text: Type.String({ maxLength: 200, description: 'What people search for, without personal data' }),
    language: Type.Optional(Language),
  },
  { additionalProperties: false, examples: [{ text: 'resilier apres un deces', language: 'fr' }] },
)

export const Added = Type.Object(search, { examples: [exampleSearch] })

const judgement = {
  answers: Type.Optional(Type.Boolean({ description: 'What was said of it; absent where nothing was' })),
  by: Type.Optional(Type.String()),
  at: Type.Optional(Type.String()),
}

export const JudgedResults = Type.Object(
  {
    ...search,
    nothingFits: Type.Boolean({
      description: 'Whether nothing fits: the results are the nearest that there are',
    }),
    results: Type.Array(Type.Object({ item: SearchItem, judgement: Type.Object(judgement) }), {
      description: 'The first ten, best first',
    }),
    beyond: Type.Array(
      Type.Object({
        id: Type.String(),
        kind: Type.Enum(['article', 'thread']),
        title: Type.String(),
        language: Type.String(),
        judgement: Type.Object(judgement),
      }),
      { description: 'What was judged and is not among the first ten' },
    ),
  },
  { examples: [{ ...exampleSearch, nothingFits: false, results: [], beyond: [] }] },
)

export const SearchParams = Type.Object({
  id: Type.String({ maxLength: 100, description: 'Id of the judged search' }),
})
export const JudgementParams = Type.Object({
  ...SearchParams.properties,
  documentId: Type.String({ maxLength: 100, description: 'Id of the article or thread' }),
})
export const JudgementBody = Type.Object(
  { answers: Type.Boolean({ description: 'Whether it answers what is searched for' }) },
  { additionalProperties: false },
)
