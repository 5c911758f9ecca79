import { type Static, Type } from 'typebox'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import { DECLINE_REASONS, STATES } from './candidate.ts'
import { CANDIDATE_SORTS, type CandidateCounts, MOST_COUNTED } from './candidate-list.ts'
import { DECISIONS } from './decisions/decision-store.ts'
import type { CandidateDetails, CandidateView } from './present-candidate.ts'
import { DEFAULT_WEIGHTS } from './ranking/worth.ts'
import { CANDIDATE_TYPES } from './typing/types.ts'

const CandidateType = Type.Enum([...CANDIDATE_TYPES], {
  description:
    '`create` an article; `update` one that lacks something; `link` one that answers it; `contradicts`: the answer disagrees with it',
})

const filters = {
  state: Type.Optional(Type.Enum([...STATES], { default: 'open' })),
  type: Type.Optional(CandidateType),
  language: Type.Optional(Type.String({ pattern: '^[a-z]{2,3}$' })),
  category: Type.Optional(Type.String({ maxLength: 200, description: 'Label of the category' })),
  text: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'Words that search finds one of its threads by; the thousand best matches count',
    }),
  ),
}

export const CandidateListQuery = Type.Object(
  {
    ...filters,
    sort: Type.Optional(
      Type.Enum([...CANDIDATE_SORTS], {
        default: 'worth',
        description: '`relevance`: to `text`, the best first; one page alone',
      }),
    ),
    ...PageQuery.properties,
  },
  { additionalProperties: false },
)
export const CandidateCountQuery = Type.Object(filters, { additionalProperties: false })
export type CandidateCountQuery = Static<typeof CandidateCountQuery>
export const CandidateParams = Type.Object({ id: Type.String() })

const Named = { id: Type.String(), title: Type.String() }
const Demand = Type.Object({
  views: Type.Number({ description: 'Views a month of all its threads' }),
  askings: Type.Integer({ description: 'Threads that ask it' }),
  failedSearches: Type.Optional(
    Type.Number({
      description:
        'Searches of the last 30 days that found no article and ask for it; absent until they are counted, once a day',
    }),
  ),
  lastAt: Type.String({ description: 'Latest activity in its threads' }),
})

const viewFields = {
  id: Type.String(),
  type: CandidateType,
  state: Type.Enum([...STATES]),
  language: Type.String(),
  category: Type.Optional(Type.String()),
  lead: Type.Object(
    { ...Named, source: Type.String(), createdAt: Type.String() },
    { description: 'The thread that an article would be made from' },
  ),
  article: Type.Optional(
    Type.Object(
      { ...Named, confidence: Type.String() },
      { description: 'The article that it completes, is answered by, or contradicts' },
    ),
  ),
  worth: Type.Number({ description: 'Euros a month that an article would save' }),
  demand: Demand,
  outcome: Type.Optional(Type.Object(Named, { description: 'The article that it became or was linked to' })),
  mergedInto: Type.Optional(Type.String()),
  decision: Type.Optional(
    Type.Object({
      id: Type.String(),
      decision: Type.Enum([...DECISIONS]),
      reason: Type.Optional(Type.Enum([...DECLINE_REASONS])),
      note: Type.Optional(Type.String()),
      actor: Type.Object({ id: Type.String(), name: Type.String() }),
      at: Type.String(),
    }),
  ),
}

const example: CandidateView = {
  id: 'cnd_01k9zq3c8m5v7x2r4t6b8n0q',
  type: 'create',
  state: 'open',
  language: 'en',
  category: 'billing',
  lead: {
    id: 'thr_7h2k9m4p6r8t1v3x',
    title: 'Charged twice this month',
    source: 'forum',
    createdAt: '2026-01-15T09:30:00.000Z',
  },
  worth: 214.5,
  demand: { views: 120, askings: 3, lastAt: '2026-02-01T08:00:00.000Z' },
}

export const CandidatePage = Type.Unsafe<{ items: CandidateView[]; next?: string }>(
  Type.Object(pageOf(Type.Object(viewFields)).properties, { examples: [{ items: [example] }] }),
)

const Quote = Type.Object({
  threadId: Type.String(),
  postIds: Type.Array(Type.String()),
  text: Type.String({ description: 'Plain text' }),
})

const Evidence = Type.Object({
  solutions: Type.Array(
    Type.Object({
      threadId: Type.String(),
      postId: Type.String(),
      by: Type.String({ description: '`accepted`, `confirmed` or `helper`' }),
    }),
  ),
  cues: Type.Array(Quote),
  match: Type.Optional(
    Type.Object({
      articleId: Type.String(),
      likeness: Type.Number(),
      terms: Type.Array(Type.String()),
    }),
  ),
  additions: Type.Array(Quote, { description: 'Statements of the answer that the article lacks' }),
  differences: Type.Array(
    Type.Object({
      kind: Type.String(),
      inAnswer: Type.String(),
      inArticle: Type.String(),
      quote: Quote,
      statement: Type.String({ description: 'The article’s statement' }),
    }),
  ),
})

const detailsExample: CandidateDetails = {
  ...example,
  threads: [{ ...example.lead, resolved: true, answerCount: 2, views: 120 }],
  factors: { recurrence: 1.79, failedSearches: 1, freshness: 1.45, usefulShare: 0.3, contactCost: 3 },
  evidence: {
    solutions: [{ threadId: example.lead.id, postId: 'pst_2b4d6f8h1j3k5m7n', by: 'accepted' }],
    cues: [],
    additions: [],
    differences: [],
  },
}

export const CandidateDetailsSchema = Type.Unsafe<CandidateDetails>(
  Type.Object(
    {
      ...viewFields,
      threads: Type.Array(
        Type.Object({
          ...Named,
          source: Type.String(),
          createdAt: Type.String(),
          resolved: Type.Boolean(),
          answerCount: Type.Integer(),
          views: Type.Integer({ description: 'A month' }),
        }),
      ),
      factors: Type.Object(
        {
          recurrence: Type.Number(),
          failedSearches: Type.Number(),
          freshness: Type.Number(),
          usefulShare: Type.Number(),
          contactCost: Type.Number({ description: 'Euros' }),
        },
        { description: 'What the views are multiplied by; the product is the worth' },
      ),
      evidence: Evidence,
    },
    { examples: [detailsExample] },
  ),
)

const Counted = Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }))
const countsExample: CandidateCounts = {
  total: 42,
  atLeast: false,
  type: [
    { value: 'create', count: 30 },
    { value: 'link', count: 12 },
  ],
  language: [{ value: 'fr', count: 42 }],
  category: [{ value: 'billing', count: 7 }],
}
export const CandidateCountsSchema = Type.Unsafe<CandidateCounts>(
  Type.Object(
    {
      total: Type.Integer({ description: `Candidates, ${MOST_COUNTED} at most` }),
      atLeast: Type.Boolean({
        description: `Whether there are more than ${MOST_COUNTED}: then all counts are "at least"`,
      }),
      type: Counted,
      language: Counted,
      category: Counted,
    },
    { examples: [countsExample] },
  ),
)

const Share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description })
const Cost = (description: string) => Type.Number({ minimum: 0, maximum: 10_000, description })
const Weight = (description: string) => Type.Number({ minimum: 0, maximum: 10, description })

export const WeightsSchema = Type.Object(
  {
    usefulShare: Share('Share of views that save a contact'),
    callCost: Cost('Cost of a call, in euros'),
    chatCost: Cost('Cost of a chat, in euros'),
    callShare: Share('Share of contacts that are calls'),
    recurrence: Weight('What each doubling of the number of askings adds: 0.5 is half as much again'),
    failedSearches: Weight('What each doubling of one more than the number of failed searches adds'),
    freshness: Weight('What activity of today adds; half of it after 90 days'),
  },
  { additionalProperties: false, examples: [DEFAULT_WEIGHTS] },
)

export const WeightsHeaders = Type.Object({
  'if-match': Type.Optional(Type.String({ description: 'ETag of the weights that were read; required' })),
})
