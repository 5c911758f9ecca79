import { Type } from 'typebox'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import { SKIP_REASONS, type Skip, type SkipReason } from './skip-store.ts'

const skipExample: Skip = {
  id: 'skp_01k9zq3c8m5v7x2r4t6b8n0q',
  facet: 'category',
  threadId: 'thr_7h2k9m4p6r8t1v3x',
  why: 'not-sure',
  note: 'An invoice, or the contract behind it?',
  actor: { id: 'key_01k9zq0000000000000000aa', name: 'demo agent' },
  createdAt: '2026-01-15T09:30:00.000Z',
}

export const Why = Type.Unsafe<SkipReason>(
  Type.String({
    enum: [...SKIP_REASONS],
    description:
      '`skip`: left to others; `not-sure`: which label is right is unclear to the agent; `dispute`: its label, the labels to choose from or their guidelines are wrong, for the reason in `note`; opens a conflict for knowledge managers',
  }),
)
const Note = Type.String({ maxLength: 2000, description: 'Shown to who is handed the thread next' })
const FacetName = Type.String({ minLength: 1, maxLength: 60 })
export const Person = Type.Object({ id: Type.String(), name: Type.String() })

export const NewSkip = Type.Object(
  {
    facet: FacetName,
    threadId: Type.String({ minLength: 1, maxLength: 100 }),
    why: Why,
    note: Type.Optional(Note),
  },
  {
    additionalProperties: false,
    examples: [
      { facet: 'category', threadId: skipExample.threadId, why: 'not-sure', note: skipExample.note },
    ],
  },
)

export const SkipSchema = Type.Object(
  {
    id: Type.String(),
    facet: Type.String(),
    threadId: Type.String(),
    why: Why,
    note: Type.Optional(Type.String()),
    actor: Person,
    createdAt: Type.String(),
    undoneAt: Type.Optional(Type.String()),
  },
  { examples: [skipExample] },
)

export const SkipPage = pageOf(SkipSchema)
export const SkipParams = Type.Object({ id: Type.String() })

const filters = {
  facet: Type.Optional(FacetName),
  agent: Type.Optional(
    Type.String({
      maxLength: 100,
      description: 'Id of an agent. Agents see their own skips only',
    }),
  ),
}
export const SkipListQuery = Type.Object({ ...filters, ...PageQuery.properties })
export const SkipCountQuery = Type.Object(filters)

export const SkipCounts = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        facet: Type.String(),
        actor: Person,
        skipped: Type.Integer({ description: 'Skips with `skip`' }),
        notSure: Type.Integer({ description: 'Skips with `not-sure`' }),
        disputed: Type.Integer({ description: 'Skips with `dispute`' }),
      }),
    ),
  },
  {
    examples: [
      { items: [{ facet: 'category', actor: skipExample.actor, skipped: 4, notSure: 2, disputed: 1 }] },
    ],
  },
)
