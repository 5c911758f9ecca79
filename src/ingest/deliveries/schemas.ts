import { Type } from 'typebox'
import { AUDIENCES } from '../../access/audience.ts'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import { webhookKinds } from '../../sources/webhook-kinds.ts'
import { DELIVERY_STATUSES } from './delivery.ts'

const Kind = Type.Enum(webhookKinds.map(({ name }) => name))
const Name = Type.String({ minLength: 1, maxLength: 200, description: 'name of the source' })
const Time = Type.String({ format: 'date-time' })

export const SourceParams = Type.Object({ name: Name })
export const WebhookParams = Type.Object({ name: Name, kind: Kind })
export const SecretParams = Type.Object({ name: Name, kind: Kind, id: Type.String() })
export const DeliveryParams = Type.Object({ name: Name, id: Type.String() })

const deliveryId = 'del_01jd0f3k9qv7w2m4n5p6r7s8t'

export const Queued = Type.Object(
  { id: Type.String(), status: Type.Literal('queued') },
  { description: 'Stored; it will be applied', examples: [{ id: deliveryId, status: 'queued' }] },
)

export const Repeated = Type.Object(
  { status: Type.Literal('repeated') },
  { description: 'It had come before', examples: [{ status: 'repeated' }] },
)

const secretExample = {
  id: 'whs_01jd0f3k9qv7w2m4n5p6r7s8t',
  kind: 'discourse',
  createdAt: '2026-03-02T09:14:05.120Z',
} as const

const secretFields = {
  id: Type.String(),
  kind: Kind,
  createdAt: Time,
  expiresAt: Type.Optional(Type.String({ format: 'date-time', description: 'refused from then on' })),
}

export const NewSecret = Type.Object(
  {
    secret: Type.Optional(
      Type.String({ minLength: 16, maxLength: 200, description: 'one that the source made (Zendesk does)' }),
    ),
    overlapHours: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 720,
        description: 'how long the one before is still accepted; 24 unless told',
      }),
    ),
    audience: Type.Optional(
      Type.Enum([...AUDIENCES], { description: 'of a source that this makes; `internal` unless told' }),
    ),
  },
  { additionalProperties: false, examples: [{ overlapHours: 48 }] },
)

export const IssuedSecret = Type.Object(
  {
    ...secretFields,
    value: Type.String({ description: 'the secret, shown this once' }),
    path: Type.String({ description: 'where the source delivers, below the address of this service' }),
    previousUntil: Type.Optional(
      Type.String({ format: 'date-time', description: 'until when the secret before is accepted' }),
    ),
  },
  {
    examples: [
      {
        ...secretExample,
        value: '0123456789abcdef'.repeat(4),
        path: '/api/sources/community/webhooks/discourse',
        previousUntil: '2026-03-03T09:14:05.120Z',
      },
    ],
  },
)

export const Webhooks = Type.Object(
  {
    secrets: Type.Array(Type.Object(secretFields)),
    access: Type.Optional(Type.Object({ address: Type.String(), user: Type.Optional(Type.String()) })),
  },
  { examples: [{ secrets: [secretExample] }] },
)

export const ApiAccess = Type.Object(
  {
    address: Type.String({ maxLength: 500, description: '`https://` and a host' }),
    credentials: Type.Optional(
      Type.Object(
        {
          user: Type.String({
            minLength: 1,
            maxLength: 200,
            description: 'e-mail address of the token’s holder',
          }),
          token: Type.String({ minLength: 1, maxLength: 500 }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        address: 'https://help.example.com',
        credentials: { user: 'agent@example.com', token: 'an API token' },
      },
    ],
  },
)

export const DeliveryQuery = Type.Object(
  { status: Type.Optional(Type.Enum([...DELIVERY_STATUSES])), ...PageQuery.properties },
  { additionalProperties: false },
)

const Delivery = Type.Object(
  {
    id: Type.String(),
    kind: Kind,
    event: Type.String(),
    externalId: Type.String({ description: 'the id that the source gave it' }),
    receivedAt: Time,
    status: Type.Enum([...DELIVERY_STATUSES], {
      description: '`ignored`: it told of nothing that threads are made of',
    }),
    attempts: Type.Integer(),
    finishedAt: Type.Optional(Time),
    error: Type.Optional(Type.Object({ code: Type.String(), message: Type.String() })),
  },
  {
    examples: [
      {
        id: deliveryId,
        kind: 'discourse',
        event: 'post_edited',
        externalId: '4711',
        receivedAt: '2026-03-02T09:14:05.120Z',
        status: 'applied',
        attempts: 1,
        finishedAt: '2026-03-02T09:14:05.420Z',
      },
    ],
  },
)

export const DeliveryPage = pageOf(Delivery)

export const SourceList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        name: Type.String(),
        format: Type.String({ description: 'how it was first told of: a format or a kind of webhook' }),
        audience: Type.Enum([...AUDIENCES]),
        redact: Type.Boolean({ description: 'whether personal data is taken out of its texts' }),
        createdAt: Time,
        lastImportAt: Type.Optional(Time),
        lastDeliveryAt: Type.Optional(Time),
      }),
    ),
  },
  {
    examples: [
      {
        items: [
          {
            name: 'community',
            format: 'discourse',
            audience: 'public',
            redact: false,
            createdAt: '2026-01-15T09:30:00.000Z',
            lastDeliveryAt: '2026-03-02T09:14:05.120Z',
          },
        ],
      },
    ],
  },
)
