import { Type } from 'typebox'
import { PageQuery, pageOf } from '../platform/page-schema.ts'
import { ROLES } from './actor.ts'
import { AUDIENCES } from './audience.ts'

const RoleSchema = Type.Enum([...ROLES], { description: 'What the key may do; `admin` may do everything' })

const AudienceSchema = Type.Enum([...AUDIENCES], {
  description: 'What the key may see: content for this audience and for every wider one',
})

const exampleKey = {
  id: 'key_01jd0f3k9qv7w2m4n5p6r7s8t',
  name: 'routing engine',
  roles: ['router'],
  audience: 'internal',
  createdAt: '2026-03-02T09:14:05.120Z',
}

const keyFields = {
  id: Type.String(),
  name: Type.String(),
  roles: Type.Array(RoleSchema),
  audience: AudienceSchema,
  createdAt: Type.String({ format: 'date-time' }),
  revokedAt: Type.Optional(Type.String({ format: 'date-time' })),
}

const KeySchema = Type.Object(keyFields, { examples: [exampleKey] })

export const KeyPage = { ...pageOf(KeySchema), examples: [{ items: [exampleKey] }] }

export const NewKeyBody = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'Who or what uses the key; unique among the keys that are not revoked',
    }),
    roles: Type.Array(RoleSchema, { minItems: 1, maxItems: ROLES.length }),
    audience: AudienceSchema,
  },
  {
    additionalProperties: false,
    examples: [{ name: 'routing engine', roles: ['router'], audience: 'internal' }],
  },
)

export const IssuedKeySchema = Type.Object(
  {
    ...keyFields,
    token: Type.String({
      description: 'The token to send as `Authorization: Bearer …`; shown only in this response',
    }),
  },
  {
    examples: [{ ...exampleKey, token: `ent_01jd0f3k9qv7w2m4n5p6r7s8t_${'0123456789abcdef'.repeat(3)}` }],
  },
)

export const KeyParams = Type.Object({ id: Type.String() })

export const AuditQuerySchema = Type.Object({
  ...PageQuery.properties,
  target: Type.Optional(Type.String({ maxLength: 200, description: 'Id of the object that was changed' })),
  actor: Type.Optional(
    Type.String({ maxLength: 200, description: 'Id of the person or key that changed it' }),
  ),
})

const AuditEntrySchema = Type.Object({
  id: Type.String(),
  at: Type.String({ format: 'date-time' }),
  actor: Type.Object({ id: Type.String(), name: Type.String() }),
  action: Type.String(),
  target: Type.String(),
  before: Type.Optional(Type.Unknown()),
  after: Type.Optional(Type.Unknown()),
  requestId: Type.Optional(Type.String()),
})

export const AuditPage = {
  ...pageOf(AuditEntrySchema),
  examples: [
    {
      items: [
        {
          id: 'aud_01jd0f3k9rw2n7x5c4b3a2908',
          at: '2026-03-02T09:14:05.120Z',
          actor: { id: 'cli', name: 'command line' },
          action: 'key.created',
          target: exampleKey.id,
          after: { name: 'routing engine', roles: ['router'], audience: 'internal' },
        },
      ],
    },
  ],
}
