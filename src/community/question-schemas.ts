import { Type } from 'typebox'
import { AUDIENCES } from '../access/audience.ts'
import { HOLD_REASONS, LONGEST_TEXT } from './question.ts'

const closed = { additionalProperties: false } as const

export const ThreadParams = Type.Object({
  id: Type.String({ description: 'Id of a thread', maxLength: 100 }),
})
export const QuestionParams = Type.Object({
  id: Type.String({ description: 'Id of a question', maxLength: 100 }),
})

export const AnswerParams = Type.Object({
  id: Type.String({ description: 'Id of a thread', maxLength: 100 }),
  answer: Type.String({ description: 'Id of an answer that was sent to a community', maxLength: 100 }),
})

const Colleague = Type.Object({ id: Type.String(), name: Type.String() })

export const AnsweringSchema = Type.Object({
  questions: Type.Array(
    Type.Object({
      number: Type.String({ description: 'Eight digits that the asker may name' }),
      askedAt: Type.String(),
    }),
    { description: 'Of customers who asked in the help centre; none for a thread of another source' },
  ),
  lockedBy: Type.Optional(
    Type.Object(Colleague.properties, {
      description: 'Somebody else who is writing an answer, or has the thread in the inbox',
    }),
  ),
  channel: Type.Enum(['here', 'discourse', 'copy'], {
    description:
      '`here`: asked in the help centre; `discourse`: an answer is posted in its community; `copy`: you post it there',
  }),
  isInInbox: Type.Boolean(),
  outgoing: Type.Array(
    Type.Object({
      id: Type.String(),
      body: Type.String({ description: 'Markdown' }),
      actor: Colleague,
      status: Type.Enum(['sending', 'sent', 'held', 'failed'], {
        description: '`held`: a moderator of the community has to approve it',
      }),
      problem: Type.Optional(
        Type.String({
          description:
            'Why it is not there (yet): `key`, `topic`, `text`, `busy`, `away`, `redirect`, `unreadable` or `no-key`',
        }),
      ),
      said: Type.Optional(Type.String({ description: 'What the community said of it' })),
      nextAt: Type.Optional(Type.String({ description: 'When it is tried again' })),
      url: Type.Optional(Type.String()),
      createdAt: Type.String(),
      sentAt: Type.Optional(Type.String()),
    }),
    { description: 'Answers for the community of the thread, the latest first' },
  ),
  marks: Type.Array(Type.Object({ postId: Type.String(), useful: Type.Boolean() }), {
    description: 'Whether the asker found answers useful',
  }),
})

export const NewAnswer = Type.Object(
  {
    body: Type.String({
      minLength: 1,
      maxLength: LONGEST_TEXT,
      pattern: '\\S',
      description: 'Markdown',
    }),
  },
  { ...closed, examples: [{ body: 'Switch **data roaming** on in the settings.' }] },
)
export const StoredAnswer = Type.Object({
  postId: Type.Optional(Type.String({ description: 'Of an answer in the help centre' })),
  outgoingId: Type.Optional(Type.String({ description: 'Of an answer on its way to a community' })),
})

export const SuggestedAnswers = Type.Object({
  items: Type.Array(
    Type.Object({
      kind: Type.Enum(['article', 'thread']),
      id: Type.String(),
      title: Type.String(),
      language: Type.String(),
      audience: Type.Enum([...AUDIENCES], { description: 'Who may see it' }),
      text: Type.String({ description: 'Markdown: a resolution, or an accepted answer' }),
    }),
  ),
})

export const NewLock = Type.Object(
  {
    takeOver: Type.Optional(
      Type.Boolean({
        description: 'Take the lock from a colleague who is writing an answer',
        default: false,
      }),
    ),
  },
  closed,
)
export const LockSchema = Type.Object({
  holder: Colleague,
  own: Type.Boolean({ description: 'Whether you hold it; false where a colleague does' }),
})

export const HeldQuestions = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      number: Type.String(),
      title: Type.String(),
      body: Type.String({ description: 'Plain text' }),
      language: Type.String(),
      topic: Type.Optional(Type.String()),
      askedAt: Type.String(),
      heldFor: Type.Array(Type.Enum([...HOLD_REASONS])),
    }),
  ),
})
