import { Type } from 'typebox'
import { AUDIENCES } from '../../access/audience.ts'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import { PRIORITIES } from '../../triage/routing/routing-rule.ts'
import { ThreadParams } from '../question-schemas.ts'

export { ThreadParams }

const closed = { additionalProperties: false } as const
const Colleague = Type.Object({ id: Type.String(), name: Type.String() })
const Note = (description: string) =>
  Type.String({ minLength: 1, maxLength: 2_000, pattern: '\\S', description })
const Queue = Type.String({ minLength: 1, maxLength: 200 })

export const InboxQuery = Type.Object({
  ...PageQuery.properties,
  queue: Type.Optional(Queue),
  assignee: Type.Optional(
    Type.String({
      maxLength: 100,
      description: '`me`, `none` for threads that nobody has, or the id of a colleague',
    }),
  ),
  overdue: Type.Optional(Type.Boolean({ description: 'True for those whose time limit has passed' })),
  escalated: Type.Optional(Type.Boolean({ description: 'True for those that a colleague escalated' })),
  state: Type.Optional(Type.Enum(['open', 'waiting'], { description: 'As on each thread' })),
})

const listed = {
  threadId: Type.String(),
  title: Type.String(),
  language: Type.String(),
  source: Type.String(),
  audience: Type.Enum([...AUDIENCES]),
  url: Type.Optional(Type.String({ description: 'In its community' })),
  askedAt: Type.String(),
  state: Type.Enum(['open', 'waiting'], {
    description: '`open`: an answer is due; `waiting`: there is one, and the asker has not written since',
  }),
  since: Type.String({ description: 'When its asker last wrote, or was last answered' }),
  queue: Type.String(),
  rulesQueue: Type.Optional(
    Type.String({ description: 'Where the rules would have it now; absent where they send it to no queue' }),
  ),
  transferred: Type.Boolean({ description: 'Whether a colleague moved it, so that the rules no longer do' }),
  priority: Type.Enum([...PRIORITIES]),
  slaMinutes: Type.Optional(Type.Integer()),
  dueAt: Type.Optional(
    Type.String({
      description: 'By when an answer is due; absent without a time limit, and while `waiting`',
    }),
  ),
  assignee: Type.Optional(Colleague),
  writing: Type.Optional(Type.Object(Colleague.properties, { description: 'Who is writing an answer' })),
  escalation: Type.Optional(
    Type.Object({
      at: Type.String(),
      by: Type.String({ description: 'Name of the colleague' }),
      note: Type.String(),
    }),
  ),
}
export const ListedThread = Type.Object(listed)
export const InboxPage = pageOf(ListedThread)

export const ShownThread = Type.Object({
  ...listed,
  steps: Type.Array(
    Type.Object({
      id: Type.String(),
      what: Type.String({
        description: '`taken`, `released`, `assigned`, `transferred`, `escalated` or `calmed`',
      }),
      at: Type.String(),
      by: Type.String({ description: 'Name of the colleague' }),
      from: Type.Optional(Type.String({ description: 'The queue that it left' })),
      to: Type.Optional(Type.String({ description: 'The queue that it came to' })),
      assignee: Type.Optional(Type.String({ description: 'Name of who has it since' })),
      note: Type.Optional(Type.String()),
    }),
    { description: 'The latest first, 50 at most' },
  ),
})

export const Counts = Type.Object({
  open: Type.Integer(),
  waiting: Type.Integer(),
  mine: Type.Integer(),
  unassigned: Type.Integer(),
  overdue: Type.Integer(),
  escalated: Type.Integer(),
  queues: Type.Array(Type.Object({ name: Type.String(), open: Type.Integer(), overdue: Type.Integer() }), {
    description: 'Those that rules name, and those that hold threads',
  }),
})

export const ColleagueQuery = Type.Object({
  audience: Type.Enum([...AUDIENCES], { description: 'Of the thread to give away' }),
  search: Type.Optional(Type.String({ maxLength: 200 })),
})
export const Colleagues = Type.Object({ items: Type.Array(Colleague) })

export const Marks = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      answers: Type.Integer(),
      useful: Type.Integer(),
      notUseful: Type.Integer(),
    }),
  ),
})

const takeOver = Type.Optional(
  Type.Boolean({ default: false, description: 'From a colleague who has it or answers it' }),
)
export const Taking = Type.Object({ takeOver }, closed)
export const Assignment = Type.Object(
  { to: Type.String({ maxLength: 100, description: 'Id of an account' }), takeOver },
  closed,
)
export const Transfer = Type.Object(
  { queue: Queue, note: Type.Optional(Note('For whoever takes it there')), takeOver },
  closed,
)
export const Escalation = Type.Object({ note: Note('Why') }, closed)
export const Duplicate = Type.Object(
  { into: Type.String({ maxLength: 100, description: 'Id of the thread that asks the same' }), takeOver },
  closed,
)
