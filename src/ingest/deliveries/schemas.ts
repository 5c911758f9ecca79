import { Type } from 'typebox'
import { AUDIENCES } from '../../access/audience.ts'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import { webhookKinds } from '../../sources/webhook-kinds.ts'
import { DELIVERY_STATUSES } from './delivery.ts'

const Kind = Type.Enum(webhookKinds.map(({ name }) => name))
const Name = Type.String({ minLength: 1, maxLength: 200, description: 'Name of the source' })
const Time = Type.String({ format: 'date-time' })

export const SourceParams = Type.Object({ name: Name })
export const WebhookParams = Type.Object({ name: Name, kind: Kind })
export const SecretParams = Type.Object({ name: Name, kind: Kind, id: Type.String() })
export const DeliveryParams = Type.Object({ name: Name, id: Type.String() })

const deliveryId = 'del_01jd0f3k9qv7w2m4n5p6r7s8t'

export const Queued = Type.Object(
  { id: Type.String(), status: Type.Literal('queued') },
  { description: 'Stored, and applied later', examples: [{ id: deliveryId, status: 'queued' }] },
)

export const Repeated = Type.Object(
  { status: Type.Literal('repeated') },
  { description: 'Received before', examples: [{ status: 'repeated' }] },
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
  expiresAt: Type.Optional(
    Type.String({ format: 'date-time', description: 'Time from which the secret is refused' }),
  ),
}

export const NewSecret = Type.Object(
  {
    secret: Type.Optional(
      Type.String({
        minLength: 16,
        maxLength: 200,
        description: 'A secret made by the sender, as Zendesk does',
      }),
    ),
    overlapHours: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 720,
        description: 'Hours for which the previous secret is still accepted; 24 by default',
      }),
    ),
    audience: Type.Optional(
      Type.Enum([...AUDIENCES], {
        description: 'Audience of a source that this request creates; `internal` by default',
      }),
    ),
  },
  { additionalProperties: false, examples: [{ overlapHours: 48 }] },
)

export const IssuedSecret = Type.Object(
  {
    ...secretFields,
    value: Type.String({ description: 'The secret; shown only in this response' }),
    path: Type.String({ description: 'where the source delivers, below the address of this service' }),
    previousUntil: Type.Optional(
      Type.String({ format: 'date-time', description: 'Time until which the previous secret is accepted' }),
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
            description: 'E-mail address of the token’s owner',
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
    externalId: Type.String({ description: 'Id given by the source' }),
    receivedAt: Time,
    status: Type.Enum([...DELIVERY_STATUSES], {
      description: '`ignored`: the event does not concern threads',
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
        format: Type.String({ description: 'Format or kind of webhook that the source was first read from' }),
        audience: Type.Enum([...AUDIENCES]),
        redact: Type.Boolean({ description: 'Whether personal data is redacted from its texts' }),
        createdAt: Time,
        lastImportAt: Type.Optional(Time),
        lastDeliveryAt: Type.Optional(Time),
        lastImport: Type.Optional(
          Type.Object({ id: Type.String(), status: Type.String(), finishedAt: Type.Optional(Time) }),
        ),
        webhooks: Type.Array(Type.String(), { description: 'Kinds of webhooks with a valid secret' }),
        deliveries: Type.Object(
          { waiting: Type.Integer(), failed: Type.Integer() },
          { description: 'Deliveries that are not applied yet, and those that could not be' },
        ),
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
            webhooks: ['discourse'],
            deliveries: { waiting: 0, failed: 1 },
          },
        ],
      },
    ],
  },
)
