import { Type } from 'typebox'
import { AUDIENCES } from '../access/audience.ts'
import { POST_CHANGES } from '../ingest/rows/post-changes.ts'
import { pageOf } from '../platform/page-schema.ts'
import { ProtectionSchema } from './protections/protection-schemas.ts'

export const threadExample = {
  id: 'thr_7h2k9m4p6r8t1v3x',
  source: 'community',
  audience: 'public',
  externalId: '1234',
  title: 'Charged twice for June',
  language: 'en',
  tags: ['billing'],
  views: 310,
  closed: false,
  statedLabels: {},
  facts: { segment: 'business' },
  answerCount: 1,
  resolved: true,
  firstAnsweredAt: '2026-01-15T10:02:00.000Z',
  createdAt: '2026-01-15T09:30:00.000Z',
  updatedAt: '2026-01-15T10:02:00.000Z',
} as const

const postExample = {
  id: 'pst_2b4d6f8h1j3k5m7n',
  kind: 'answer',
  author: { id: 'mem_9q8w7e6r5t4y3v2x', name: 'Ada', role: 'staff' },
  body: 'The second charge is a *deposit*: it comes back within ten days.',
  accepted: true,
  score: 4,
  votes: { up: 5, down: 1 },
  createdAt: '2026-01-15T10:02:00.000Z',
} as const

const linkExample = {
  threadId: 'thr_1v3x5z7b9d2f4h6k',
  title: 'Two charges in one month',
  kind: 'duplicate',
  direction: 'from',
} as const

const Time = Type.String({ description: 'ISO 8601 in UTC; 1970-01-01 if the source gives no date' })
const Values = Type.Union([Type.String(), Type.Number(), Type.Boolean()])

const threadFields = {
  id: Type.String(),
  source: Type.String({ description: 'Name of the source' }),
  audience: Type.Enum([...AUDIENCES]),
  externalId: Type.String({ description: 'Id in the source' }),
  title: Type.String(),
  language: Type.String({ description: 'ISO 639-1, or `und` if it cannot be detected' }),
  url: Type.Optional(Type.String()),
  tags: Type.Array(Type.String()),
  views: Type.Optional(Type.Integer()),
  closed: Type.Boolean(),
  statedLabels: Type.Record(Type.String(), Type.String(), {
    description: 'Facet → label, as annotated in the source',
  }),
  facts: Type.Record(Type.String(), Values, { description: 'Facts about the asker or the case' }),
  answerCount: Type.Integer(),
  resolved: Type.Boolean({ description: 'Whether an answer is accepted' }),
  firstAnsweredAt: Type.Optional(Time),
  createdAt: Time,
  updatedAt: Time,
  mergedInto: Type.Optional(Type.String({ description: 'Thread that it was merged into' })),
  splitFrom: Type.Optional(Type.String({ description: 'Thread that it was split from' })),
}

export const ThreadParams = Type.Object({ id: Type.String() })

/** Characters of posts in all that are also shown as HTML. */
export const MOST_HTML = 300_000

export const ThreadViewQuery = Type.Object(
  { html: Type.Optional(Type.Boolean({ description: 'Also the posts as HTML that is safe to display' })) },
  { additionalProperties: false },
)

export const Thread = Type.Object(threadFields, { examples: [threadExample] })

export const Author = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: Type.Enum(['member', 'expert', 'staff', 'moderator']),
  reputation: Type.Optional(Type.Integer()),
})

const Post = Type.Object(
  {
    id: Type.String(),
    kind: Type.Enum(['question', 'answer', 'comment']),
    parentId: Type.Optional(Type.String({ description: 'Post that the comment belongs to' })),
    author: Type.Optional(Author),
    body: Type.String({ description: 'Markdown from users; sanitise it before display' }),
    html: Type.Optional(
      Type.String({
        description: `The body without scripts, styles and pictures, where it was asked for; of the first ${MOST_HTML} characters of posts`,
      }),
    ),
    accepted: Type.Boolean(),
    score: Type.Optional(Type.Integer()),
    votes: Type.Optional(Type.Object({ up: Type.Integer(), down: Type.Integer() })),
    createdAt: Time,
    editedAt: Type.Optional(Time),
    homeThreadId: Type.Optional(
      Type.String({ description: 'where its source has it, when a merge or split shows it here' }),
    ),
  },
  { examples: [postExample] },
)

const ThreadLink = Type.Object(
  {
    threadId: Type.String(),
    title: Type.String(),
    kind: Type.Enum(['duplicate', 'related', 'near-duplicate'], {
      description: '`near-duplicate` links are found by Entraide; the others are stated by the source',
    }),
    likeness: Type.Optional(
      Type.Number({ description: 'For `near-duplicate`: similarity of the questions, from 0 to 1' }),
    ),
    direction: Type.Enum(['to', 'from'], { description: '`to`: this thread links to the other one' }),
  },
  { examples: [linkExample] },
)

export const ThreadView = Type.Object(
  {
    ...threadFields,
    viewsLast30Days: Type.Optional(
      Type.Integer({
        description: 'Views gained up to the latest import; absent if the total of 30 days ago is unknown',
      }),
    ),
    protection: Type.Optional(ProtectionSchema),
    posts: Type.Array(Post),
    links: Type.Array(ThreadLink),
  },
  { examples: [{ ...threadExample, posts: [postExample], links: [linkExample] }] },
)

const changeExample = {
  id: 'chg_01jd8k2m4p0123456789abcdef',
  postId: 'pst_2b4d6f8h1j3k5m7n',
  what: 'edited',
  before: { body: 'It comes back within ten days.' },
  after: { body: 'It comes back within five days.' },
  at: '2026-02-01T08:00:00.000Z',
  importId: 'imp_01jd8k2m4p0123456789abcdef',
} as const

const PostSide = Type.Object({
  body: Type.Optional(Type.String({ description: 'Markdown from users; sanitise it before display' })),
  accepted: Type.Optional(Type.Boolean()),
})

const PostChange = Type.Object(
  {
    id: Type.String(),
    postId: Type.String(),
    what: Type.Enum([...POST_CHANGES]),
    before: Type.Optional(PostSide),
    after: Type.Optional(PostSide),
    at: Time,
    importId: Type.Optional(Type.String({ description: 'Import that made the change' })),
    delivery: Type.Optional(Type.String({ description: 'Webhook delivery that made the change' })),
  },
  { examples: [changeExample] },
)

export const PostChangeList = Type.Object(pageOf(PostChange).properties, {
  examples: [{ items: [changeExample] }],
})

export const Merge = Type.Object(
  { into: Type.String({ description: 'Thread to merge into' }) },
  { additionalProperties: false, examples: [{ into: 'thr_1v3x5z7b9d2f4h6k' }] },
)

export const Split = Type.Object(
  {
    postIds: Type.Array(Type.String(), { minItems: 1, maxItems: 500, description: 'Posts to split off' }),
    title: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1000,
        description: 'Title of the new thread; by default the beginning of its question',
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ postIds: ['pst_2b4d6f8h1j3k5m7n'], title: 'Charged for a line that is cut' }],
  },
)

export const SourceCounts = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        source: Type.String(),
        threads: Type.Integer(),
        resolved: Type.Integer({ description: 'Threads with an accepted answer' }),
      }),
    ),
  },
  { examples: [{ items: [{ source: 'community', threads: 1650, resolved: 1204 }] }] },
)
