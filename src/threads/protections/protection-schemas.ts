import { Type } from 'typebox'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'

const STATES = ['locked', 'requested', 'released'] as const

const Person = Type.Object({ id: Type.String(), name: Type.String() })

const fields = {
  threadId: Type.String(),
  facet: Type.String(),
  label: Type.String(),
  basis: Type.Enum(['label', 'prediction', 'split'], {
    description:
      'Whether the label is in force, or a prediction of it is likely enough, or the posts were split off a locked thread',
  }),
  probability: Type.Optional(Type.Number({ description: 'Of the label, if the basis is a prediction' })),
  state: Type.Enum([...STATES], {
    description:
      '`locked`: only internal readers see the thread, and it cannot be promoted; `requested`: the same, and one person asked to release it; `released`: a second person confirmed',
  }),
  protectedAt: Type.String(),
  requested: Type.Optional(Type.Object({ by: Person, reason: Type.String(), at: Type.String() })),
  released: Type.Optional(Type.Object({ by: Person, at: Type.String() })),
}

const example = {
  threadId: 'thr_7h2k9m4p6r8t1v3x',
  facet: 'sensitivity',
  label: 'sensitive',
  basis: 'prediction' as const,
  probability: 0.73,
  state: 'requested' as const,
  protectedAt: '2026-01-15T09:30:00.000Z',
  requested: {
    by: { id: 'key_01k9zq0000000000000000aa', name: 'Maya' },
    reason: 'The customer agreed, and her name is not in it',
    at: '2026-01-16T08:00:00.000Z',
  },
}

export const ProtectionSchema = Type.Object(fields, { examples: [example] })

export const ProtectionList = Type.Object(
  pageOf(Type.Object({ ...fields, title: Type.String(), source: Type.String() })).properties,
  {
    examples: [
      { items: [{ ...example, title: 'My husband died, what about his number?', source: 'forum' }] },
    ],
  },
)

export const ProtectionQuery = Type.Object(
  { state: Type.Optional(Type.Enum([...STATES])), ...PageQuery.properties },
  { additionalProperties: false },
)

export const NewReleaseRequest = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }) },
  { additionalProperties: false, examples: [{ reason: example.requested.reason }] },
)
