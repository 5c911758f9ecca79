import { Type } from 'typebox'
import { AUDIENCES, type Audience } from '../../access/audience.ts'
import { FactsSchema } from '../routing/routing-schemas.ts'
import { ThreadTriageSchemaParts } from '../schemas.ts'
import type { StoredPost } from './store-post.ts'
import type { PostAuthor } from './store-thread.ts'
import type { Outcome, StoredThread } from './write-records.ts'

const closed = { additionalProperties: false } as const
const Id = (description: string) => Type.String({ minLength: 1, maxLength: 200, description })

const Author = Type.Object(
  {
    id: Id('Their id on your platform'),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    role: Type.Optional(
      Type.Unsafe<NonNullable<PostAuthor['role']>>(
        Type.String({ enum: ['member', 'expert', 'staff', 'moderator'] }),
      ),
    ),
    reputation: Type.Optional(Type.Integer()),
  },
  { ...closed, description: 'Who wrote it' },
)
const post = {
  body: Type.String({ minLength: 1, maxLength: 100_000 }),
  format: Type.Optional(
    Type.Unsafe<'markdown' | 'html' | 'text'>(
      Type.String({ enum: ['markdown', 'html', 'text'], default: 'markdown' }),
    ),
  ),
  createdAt: Type.Optional(
    Type.String({
      format: 'date-time',
      description: 'When it was written; by default when it was first sent. Not in the future',
    }),
  ),
  author: Type.Optional(Author),
}

const threadExample = {
  source: 'shop',
  id: 'case-4711',
  title: 'Charged twice this month',
  body: 'My invoice shows the subscription **twice**. How do I get the second payment back?',
  author: { id: 'u-17', name: 'Ada' },
  facts: { segment: 'business' },
}

export const NewThread = Type.Object(
  {
    source: Id('Name of the source; created with its first thread'),
    audience: Type.Optional(
      Type.Unsafe<Audience>(
        Type.String({
          enum: [...AUDIENCES],
          default: 'internal',
          description: 'Who may see the threads of a new source; at most your own audience',
        }),
      ),
    ),
    id: Id('Id of the thread on your platform: the same id again changes the thread, or nothing'),
    title: Type.Optional(Type.String({ maxLength: 1_000 })),
    ...post,
    language: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$',
        maxLength: 35,
        description: 'BCP 47 language tag; detected if absent',
      }),
    ),
    tags: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 100 })),
    url: Type.Optional(Type.String({ maxLength: 2_000, pattern: '^https?://' })),
    views: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_000_000_000 })),
    closed: Type.Optional(Type.Boolean({ description: 'Whether it takes no more answers' })),
    facts: Type.Optional(FactsSchema),
  },
  { ...closed, examples: [threadExample] },
)

const replyExample = {
  id: 'reply-1',
  kind: 'answer' as const,
  body: 'We have paid back the second payment.',
  accepted: true,
  author: { id: 'u-2', name: 'Grace', role: 'staff' as const },
}

export const NewPost = Type.Object(
  {
    id: Id('Id of the post on your platform: the same id again changes the post, or nothing'),
    kind: Type.Unsafe<'answer' | 'comment'>(Type.String({ enum: ['answer', 'comment'] })),
    ...post,
    parentId: Type.Optional(Id('Your id of the post that it replies to')),
    accepted: Type.Optional(
      Type.Boolean({ description: 'Of an answer: whether it is accepted; unchanged if absent' }),
    ),
  },
  { ...closed, examples: [replyExample] },
)

export const IntakeParams = Type.Object({ id: Type.String({ description: '`threadId` of a response' }) })

const { predictions, routing, example } = ThreadTriageSchemaParts
const stored = {
  threadId: Type.String(),
  outcome: Type.Unsafe<Outcome>(
    Type.String({
      enum: ['new', 'changed', 'unchanged'],
      description: 'What the request changed; `unchanged` if all of it was stored before',
    }),
  ),
  language: Type.String(),
  mergedInto: Type.Optional(
    Type.String({
      description: 'Thread that an agent merged it into; predictions and routing are of that one',
    }),
  ),
  predictions,
  routing,
  notice: Type.Optional(
    Type.String({ description: 'Set while no model version is active, or one cannot be read' }),
  ),
}
const storedExample = {
  threadId: 'thr_7h2k9m4p6r8t1v3x',
  outcome: 'new' as const,
  language: 'en',
  predictions: example.predictions,
  routing: example.routing,
}

export const StoredThreadSchema = Type.Unsafe<StoredThread>(
  Type.Object(stored, { examples: [storedExample] }),
)
export const StoredPostSchema = Type.Unsafe<StoredPost>(
  Type.Object(
    { ...stored, postId: Type.String(), kind: Type.String(), accepted: Type.Boolean() },
    { examples: [{ ...storedExample, postId: 'pst_3c8m5v7x2r4t6b8n', kind: 'answer', accepted: true }] },
  ),
)
