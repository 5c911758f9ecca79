import { Type } from 'typebox'
import { pageOf } from '../../platform/page-schema.ts'
import type { Revocation, RevocationScope } from './revocation-store.ts'

const closed = { additionalProperties: false } as const
const Person = Type.Object({ id: Type.String(), name: Type.String() })
const byAgent = { agent: 'key_01k9zq0000000000000000aa', since: '2026-01-12T00:00:00.000Z' } as const
const example: Revocation = {
  id: 'rvc_01k9zq3c8m5v7x2r4t6b8n0q',
  scope: byAgent,
  reason: 'Labelled by the old guideline',
  status: 'revoked',
  annotations: 25,
  actor: { id: 'key_01k9zq0000000000000000bb', name: 'supervisor' },
  createdAt: '2026-01-15T09:30:00.000Z',
}

const One = Type.Object(
  { annotation: Type.String({ maxLength: 100, description: 'Id of the only annotation to revoke' }) },
  closed,
)
const ByAgent = Type.Object(
  {
    agent: Type.String({ maxLength: 100, description: 'Id of the key or person that made the annotations' }),
    since: Type.String({ format: 'date-time', description: 'Only annotations made at or after this time' }),
    facet: Type.Optional(Type.String({ maxLength: 60, description: 'Only annotations on this facet' })),
  },
  closed,
)

const Scope = Type.Unsafe<RevocationScope>(Type.Union([One, ByAgent]))

export const NewRevocation = Type.Object(
  { scope: Scope, reason: Type.Optional(Type.String({ maxLength: 2000 })) },
  { ...closed, examples: [{ scope: byAgent, reason: 'Labelled by the old guideline' }] },
)

export const RevocationParams = Type.Object({ id: Type.String() })

export const RevocationSchema = Type.Unsafe<Revocation>(
  Type.Object(
    {
      id: Type.String(),
      scope: Type.Union([One, ByAgent]),
      reason: Type.Optional(Type.String()),
      status: Type.String({ enum: ['revoking', 'revoked', 'restoring', 'restored'] }),
      annotations: Type.Integer({
        description: 'Annotations revoked so far, not counting those that were revoked already',
      }),
      actor: Person,
      createdAt: Type.String(),
      restored: Type.Optional(Type.Object({ at: Type.String(), actor: Person })),
    },
    { examples: [example] },
  ),
)
export const RevocationPage = pageOf(RevocationSchema)
