import Type, { type TSchema, type TSchemaOptions } from 'typebox'

const GREATEST_NUMBER = 2_147_483_647

const id = Type.String({ minLength: 1, maxLength: 255, description: 'Id given by the source' })
const time = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)$',
  description: 'ISO 8601 date and time with time zone, such as 2024-05-31T09:30:00Z',
})
const count = Type.Integer({ minimum: 0, maximum: GREATEST_NUMBER })
const score = Type.Integer({ minimum: -GREATEST_NUMBER, maximum: GREATEST_NUMBER })
const shortText = Type.String({ maxLength: 1000 })
const choice = <const Values extends string[]>(values: readonly [...Values], options?: TSchemaOptions) =>
  Type.Enum(values, options)

const asOf = Type.Optional(
  Type.String({
    ...time,
    description: 'Time of the statement; the latest statement about the same object wins',
  }),
)

const strict = { additionalProperties: false } as const

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
      Type.String({ pattern: '^[a-z]{2,3}$', description: 'BCP 47 primary tag; detected if absent' }),
    ),
    url: Type.Optional(Type.String({ pattern: '^https?://', maxLength: 2000 })),
    views: Type.Optional(count),
    closed: Type.Optional(Type.Boolean()),
    labels: Type.Optional(
      Type.Record(Type.String(), Type.String({ minLength: 1 }), {
        description: 'Facet → label, as annotated in the source',
      }),
    ),
    facts: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
        description: 'Facts about the asker or the case, such as {"segment": "business"}',
      }),
    ),
    asOf,
  },
  { ...strict, title: 'thread', description: 'A thread; its question is a separate post.' },
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
  { ...strict, title: 'post', description: 'A question or an answer.' },
)

const comment = Type.Object(
  {
    ...postFields,
    kind: Type.Literal('comment'),
    parentId: Type.String({ minLength: 1, maxLength: 255, description: 'Post that the comment belongs to' }),
    threadId: Type.Optional(id),
  },
  { ...strict, title: 'comment', description: 'A comment on a post.' },
)

const acceptance = Type.Object(
  { type: Type.Literal('acceptance'), threadId: id, postIds: Type.Array(id, { maxItems: 1000 }), asOf },
  {
    ...strict,
    title: 'acceptance',
    description: 'All accepted answers of a thread; empty if there are none.',
  },
)

const acceptanceUpdate = Type.Object(
  { type: Type.Literal('acceptance-update'), threadId: id, postId: id, accepted: Type.Boolean(), asOf },
  {
    ...strict,
    title: 'acceptance-update',
    description: 'One answer was accepted or unaccepted; the other answers stay as they are.',
  },
)

const removal = Type.Object(
  { type: Type.Literal('removal'), of: choice(['thread', 'post']), id, asOf },
  {
    ...strict,
    title: 'removal',
    description: 'A thread with its posts, or a post with its comments, that the source no longer shows.',
  },
)

const link = Type.Object(
  {
    type: Type.Literal('link'),
    fromThreadId: id,
    toThreadId: id,
    kind: choice(['duplicate', 'related']),
  },
  { ...strict, title: 'link', description: 'A link from one thread to another.' },
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
  { ...strict, title: 'member', description: 'A person who writes posts.' },
)

const votes = Type.Object(
  { type: Type.Literal('votes'), postId: id, up: count, down: count },
  { ...strict, title: 'votes', description: 'All votes of a post so far, as totals.' },
)

/** The schemas of lines, by `type`; a post that is a comment has a schema of its own. */
export const recordSchemas = {
  thread,
  post,
  comment,
  acceptance,
  'acceptance-update': acceptanceUpdate,
  removal,
  link,
  member,
  votes,
} as const

/** The JSON Schema of one line, published as `docs/operate/ndjson.schema.json`. */
export const lineSchema: TSchema = Type.Union(Object.values(recordSchemas), {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'One line of Entraide NDJSON',
})
