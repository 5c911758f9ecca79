import { Type } from 'typebox'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import * as schemas from '../schemas.ts'
import type { DecidedReview } from './decide-reviews.ts'
import { REVIEW_LISTS, REVIEW_OWNERS } from './list-reviews.ts'
import { REVIEW_KINDS, REVIEW_REASONS, REVIEW_STATES } from './review.ts'
import type { UndoneReview } from './undo-reviews.ts'

const closed = { additionalProperties: false } as const
const Named = Type.Object({ id: Type.String(), name: Type.String() })
const Kind = Type.Enum([...REVIEW_KINDS], {
  description: '`check`: is it still right? `archive`: nobody needs it, or all that it rests on is gone',
})

const Check = Type.Object({ by: Named, at: Type.String() })

const exampleReview = {
  id: schemas.exampleState.id,
  article: {
    title: schemas.exampleContent.title,
    language: 'fr',
    confidence: 'validated',
    audience: 'public',
    revision: 3,
    updatedAt: '2026-01-14T09:12:00.000Z',
  },
  kind: 'check',
  reasons: [
    { reason: 'flags', count: 1 },
    { reason: 'age', count: 212 },
  ],
  figures: { days: 180, uses: 42, reads: 1310, solved: 120, unsolved: 9 },
  category: 'roaming',
  owner: { id: 'usr_01kd0f3k9qv7w2m4n5p6r7s8t', name: 'Camille' },
  state: 'assigned',
  foundAt: '2026-08-14T02:00:00.000Z',
  assignedAt: '2026-08-17T02:00:00.000Z',
  may: { check: true, archive: true },
}

export const Review = Type.Object(
  {
    id: Type.String({ description: 'Id of the article' }),
    article: Type.Object({
      title: Type.String(),
      language: Type.String(),
      confidence: schemas.Confidence,
      audience: schemas.Audience,
      revision: Type.Integer(),
      updatedAt: Type.String(),
    }),
    kind: Kind,
    reasons: Type.Array(
      Type.Object({
        reason: Type.Enum([...REVIEW_REASONS], {
          description:
            '`age` and `unused`: days; `reports`, `feedback`, `flags`, `superseded`: how many reports are open, readers had no help, cited posts changed, posts under the resolution hold no more',
        }),
        count: Type.Integer(),
      }),
    ),
    figures: Type.Object(
      {
        days: Type.Integer(),
        uses: Type.Integer(),
        reads: Type.Integer(),
        solved: Type.Integer(),
        unsolved: Type.Integer(),
      },
      { description: 'How it was used and read in the last `days`' },
    ),
    category: Type.Optional(Type.String()),
    owner: Type.Optional(Named),
    state: Type.Enum([...REVIEW_STATES]),
    foundAt: Type.String(),
    assignedAt: Type.Optional(Type.String({ description: 'When the owner was last asked' })),
    until: Type.Optional(Type.String({ description: 'Until when it was put off' })),
    putOffReason: Type.Optional(Type.String()),
    lastCheck: Type.Optional(Check),
    may: Type.Object({ check: Type.Boolean(), archive: Type.Boolean() }),
  },
  { examples: [exampleReview] },
)

export const ReviewPage = pageOf(Review)

const filter = {
  owner: Type.Optional(
    Type.Enum([...REVIEW_OWNERS], {
      default: 'me',
      description:
        '`me`: what you were asked for; `unowned` and `all`: for knowledge managers and supervisors',
    }),
  ),
  state: Type.Optional(Type.Enum([...REVIEW_LISTS], { default: 'open' })),
  kind: Type.Optional(Kind),
}
export const ReviewQuery = Type.Object({ ...PageQuery.properties, ...filter }, closed)
export const ReviewCountsQuery = Type.Object(filter, closed)
export const ReviewCounts = Type.Object(
  { total: Type.Integer(), check: Type.Integer(), archive: Type.Integer() },
  { examples: [{ total: 5, check: 4, archive: 1 }] },
)

const Id = Type.String({ minLength: 1, maxLength: 100 })
const articleIds = Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true })
const Reason = Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' })
export const ReviewDecisionBody = Type.Union(
  [
    Type.Object({ decision: Type.Literal('right'), reason: Type.Optional(Reason), articleIds }, closed),
    Type.Object({ decision: Type.Literal('archive'), reason: Type.Optional(Reason), articleIds }, closed),
    Type.Object(
      {
        decision: Type.Literal('put-off'),
        until: Type.String({ format: 'date-time' }),
        reason: Reason,
        articleIds,
      },
      closed,
    ),
  ],
  { examples: [{ decision: 'right', articleIds: [schemas.exampleState.id] }] },
)

export const DecidedReviews = Type.Unsafe<{ readonly items: readonly DecidedReview[] }>(
  Type.Object(
    {
      items: Type.Array(
        Type.Object({
          articleId: Type.String(),
          decisionId: Type.Optional(Type.String()),
          code: Type.Optional(Type.String({ description: 'Code of the problem, where nothing was decided' })),
        }),
      ),
    },
    {
      examples: [
        { items: [{ articleId: schemas.exampleState.id, decisionId: 'rvd_01k9zq3c8m5v7x2r4t6b8n0q' }] },
      ],
    },
  ),
)

export const UndoReviewsBody = Type.Object(
  { decisionIds: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }) },
  { ...closed, examples: [{ decisionIds: ['rvd_01k9zq3c8m5v7x2r4t6b8n0q'] }] },
)
export const UndoneReviews = Type.Unsafe<{ readonly items: readonly UndoneReview[] }>(
  Type.Object(
    {
      items: Type.Array(
        Type.Object({
          decisionId: Type.String(),
          articleId: Type.Optional(Type.String()),
          code: Type.Optional(Type.String({ description: 'Code of the problem, where nothing was undone' })),
        }),
      ),
    },
    {
      examples: [
        { items: [{ decisionId: 'rvd_01k9zq3c8m5v7x2r4t6b8n0q', articleId: schemas.exampleState.id }] },
      ],
    },
  ),
)

const Days = Type.Integer({ minimum: 1, maximum: 3650 })
export const ReviewSettingsSchema = Type.Object(
  {
    days: Type.Integer({
      minimum: 1,
      maximum: 3650,
      description: 'Days after which an article that nobody checked or changed is due',
    }),
    categories: Type.Record(Type.String({ maxLength: 200 }), Days, {
      description: 'Other days, by category',
      maxProperties: 500,
    }),
    aWeek: Type.Integer({
      minimum: 0,
      maximum: 100,
      description: 'Reviews that one person is asked for a week',
    }),
    unusedDays: Type.Integer({
      minimum: 1,
      maximum: 3650,
      description: 'Days after which an article that nobody reads or uses is proposed for archiving',
    }),
    unsolved: Type.Integer({
      minimum: 1,
      maximum: 1000,
      description: 'Readers whose problem an article did not solve, from which on it is due',
    }),
  },
  {
    ...closed,
    examples: [{ days: 180, categories: { billing: 90 }, aWeek: 5, unusedDays: 180, unsolved: 3 }],
  },
)
