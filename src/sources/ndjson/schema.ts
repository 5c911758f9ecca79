import Type, { type TSchema, type TSchemaOptions } from 'typebox'

const GREATEST_NUMBER = 2_147_483_647

const id = Type.String({ minLength: 1, maxLength: 255, description: 'as the source itself names it' })
const time = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)$',
  description: 'ISO 8601 date and time with its zone, as 2024-05-31T09:30:00Z',
})
const count = Type.Integer({ minimum: 0, maximum: GREATEST_NUMBER })
const score = Type.Integer({ minimum: -GREATEST_NUMBER, maximum: GREATEST_NUMBER })
const shortText = Type.String({ maxLength: 1000 })
const choice = <const Values extends string[]>(values: readonly [...Values], options?: TSchemaOptions) =>
  Type.Enum(values, options)

const asOf = Type.Optional(
  Type.String({
    ...time,
    description: 'when the source said so; what it said of the same thing later stands',
  }),
)

const frame = { additionalProperties: false } as const

const thread = Type.Object(
  {
    type: Type.Literal('thread'),
    id,
    title: shortText,
    createdAt: time,
    tags: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems: 100, default: [] }),
    ),
    language: Type.Optional(
      Type.String({ pattern: '^[a-z]{2,3}$', description: 'BCP 47 primary tag; detected when absent' }),
    ),
    url: Type.Optional(Type.String({ pattern: '^https?://', maxLength: 2000 })),
    views: Type.Optional(count),
    closed: Type.Optional(Type.Boolean()),
    labels: Type.Optional(
      Type.Record(Type.String(), Type.String({ minLength: 1 }), {
        description: 'facet → label, where the source states verdicts',
      }),
    ),
    facts: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
        description: 'what is known of the asker or the case, as {"segment": "business"}',
      }),
    ),
    asOf,
  },
  { ...frame, title: 'thread', description: "A thread's frame; its question is a post of its own." },
)

const postFields = {
  type: Type.Literal('post'),
  id,
  authorId: Type.Optional(id),
  body: Type.String(),
  format: Type.Optional(choice(['markdown', 'html', 'text'], { default: 'markdown' })),
  createdAt: time,
  editedAt: Type.Optional(time),
  score: Type.Optional(score),
  asOf,
}

const post = Type.Object(
  {
    ...postFields,
    kind: choice(['question', 'answer']),
    threadId: id,
    parentId: Type.Optional(id),
  },
  { ...frame, title: 'post', description: 'A question or an answer.' },
)

const comment = Type.Object(
  {
    ...postFields,
    kind: Type.Literal('comment'),
    parentId: Type.String({ minLength: 1, maxLength: 255, description: 'the post that it hangs on' }),
    threadId: Type.Optional(id),
  },
  { ...frame, title: 'comment', description: 'A remark on a post.' },
)

const acceptance = Type.Object(
  { type: Type.Literal('acceptance'), threadId: id, postIds: Type.Array(id, { maxItems: 1000 }), asOf },
  {
    ...frame,
    title: 'acceptance',
    description: 'The complete set of accepted answers of a thread, empty when none is.',
  },
)

const verdict = Type.Object(
  { type: Type.Literal('acceptance-update'), threadId: id, postId: id, accepted: Type.Boolean(), asOf },
  {
    ...frame,
    title: 'acceptance-update',
    description: 'One answer accepted, or no longer; the others of its thread stay as they are.',
  },
)

const removal = Type.Object(
  { type: Type.Literal('removal'), of: choice(['thread', 'post']), id, asOf },
  {
    ...frame,
    title: 'removal',
    description: 'A thread, with its posts, or a post, with its comments, that the source no longer shows.',
  },
)

const link = Type.Object(
  {
    type: Type.Literal('link'),
    fromThreadId: id,
    toThreadId: id,
    kind: choice(['duplicate', 'related']),
  },
  { ...frame, title: 'link', description: 'One thread points at another.' },
)

const member = Type.Object(
  {
    type: Type.Literal('member'),
    id,
    name: shortText,
    role: Type.Optional(choice(['member', 'expert', 'staff', 'moderator'])),
    reputation: Type.Optional(count),
    joinedAt: Type.Optional(time),
  },
  { ...frame, title: 'member', description: 'Someone who writes.' },
)

const votes = Type.Object(
  { type: Type.Literal('votes'), postId: id, up: count, down: count },
  { ...frame, title: 'votes', description: 'All votes of a post so far: totals, not increments.' },
)

/** What a line may be, by its `type`; a post that is a comment has a shape of its own. */
export const recordSchemas = {
  thread,
  post,
  comment,
  acceptance,
  verdict,
  removal,
  link,
  member,
  votes,
} as const

/** The published JSON Schema of one line (`docs/operate/ndjson.schema.json` is this, as a file). */
export const lineSchema: TSchema = Type.Union(Object.values(recordSchemas), {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'One line of Entraide NDJSON',
})
