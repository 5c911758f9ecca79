import { Type } from 'typebox'
import { AUDIENCES } from '../access/audience.ts'
import { PageQuery, pageOf } from '../platform/page-schema.ts'
import { EVENT_TYPES, type RoutingFilter } from './endpoints/endpoint.ts'
import { DELIVERY_STATUSES } from './sending/delivery.ts'

const closed = { additionalProperties: false } as const
const Time = (description: string) => Type.String({ format: 'date-time', description })

const Audience = Type.Enum([...AUDIENCES], {
  description: 'The endpoint receives only what a reader of this audience may see; at most your own audience',
})
const EventTypes = Type.Array(Type.Enum([...EVENT_TYPES]), { minItems: 1, maxItems: EVENT_TYPES.length })
const Url = Type.String({
  minLength: 1,
  maxLength: 2_000,
  description: 'Must be https, unless its host is listed in ENTRAIDE_PRIVATE_HOSTS',
})
const Description = Type.String({ maxLength: 500, description: 'Owner and purpose' })

const Routing = Type.Object(
  {
    sources: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 100 }),
    ),
    destinations: Type.Optional(
      Type.Array(Type.String({ maxLength: 250, pattern: '^(community|queue|expert)(:.+)?$' }), {
        minItems: 1,
        maxItems: 100,
        description: 'A kind (`queue`), or a kind and a name (`queue:agents`)',
      }),
    ),
    activeWithinDays: Type.Optional(
      Type.Unsafe<RoutingFilter['activeWithinDays']>(
        Type.Union([Type.Integer({ minimum: 0, maximum: 36_500 }), Type.Literal('any')], {
          description:
            'Only decisions on threads active within this number of days; 7 by default. `any` also sends a decision for each thread of an imported archive',
        }),
      ),
    ),
  },
  { ...closed, description: 'Which routing decisions to send; other events are not filtered' },
)

const exampleEndpoint = {
  id: 'whk_01jd3k8q0r2s4t6v8w0x2y4z6a',
  url: 'https://crm.example.com/hooks/entraide',
  description: 'CRM: opens a ticket for what goes to agents',
  types: ['routing.decided', 'flag.raised'],
  audience: 'internal',
  routing: { destinations: ['queue'], activeWithinDays: 7 },
  enabled: true,
  version: 1,
  createdAt: '2026-03-02T09:14:05.120Z',
  updatedAt: '2026-03-02T09:14:05.120Z',
  waiting: 0,
  dead: 0,
}
const exampleSecret = `whsec_${Buffer.from('an example, thirty-two bytes long').toString('base64')}`

const endpointFields = {
  id: Type.String(),
  url: Type.String(),
  description: Type.String(),
  types: EventTypes,
  audience: Audience,
  routing: Routing,
  enabled: Type.Boolean(),
  disabledReason: Type.Optional(Type.String()),
  version: Type.Integer({ description: 'Version number; sent as `ETag`, expected as `If-Match`' }),
  failingSince: Type.Optional(Time('Time of the first failed attempt since the last success')),
  oldSecretUntil: Type.Optional(Time('Until when the previous secret also signs')),
  createdAt: Time('When the endpoint was added'),
  updatedAt: Time('When the endpoint was last changed'),
  waiting: Type.Integer({ description: 'Deliveries that are due or will be retried' }),
  dead: Type.Integer({ description: 'Dead deliveries: given up after repeated failures' }),
}

export const EndpointSchema = Type.Object(endpointFields, { examples: [exampleEndpoint] })
export const EndpointPage = { ...pageOf(EndpointSchema), examples: [{ items: [exampleEndpoint] }] }
export const EndpointWithSecret = Type.Object(
  {
    ...endpointFields,
    secret: Type.String({ description: 'Secret that signs the webhooks; shown only in this response' }),
  },
  { examples: [{ ...exampleEndpoint, secret: exampleSecret }] },
)

export const NewEndpointBody = Type.Object(
  {
    url: Url,
    types: EventTypes,
    audience: Audience,
    description: Type.Optional(Description),
    routing: Type.Optional(Routing),
    enabled: Type.Optional(Type.Boolean()),
  },
  {
    ...closed,
    examples: [
      {
        url: exampleEndpoint.url,
        types: exampleEndpoint.types,
        audience: 'internal',
        description: exampleEndpoint.description,
        routing: { destinations: ['queue'] },
      },
    ],
  },
)

export const EndpointChangeBody = Type.Object(
  {
    url: Type.Optional(Url),
    types: Type.Optional(EventTypes),
    audience: Type.Optional(Audience),
    description: Type.Optional(Description),
    routing: Type.Optional(Routing),
    enabled: Type.Optional(Type.Boolean()),
  },
  { ...closed, minProperties: 1, examples: [{ types: ['article.published'], enabled: true }] },
)

export const RotationBody = Type.Object(
  {
    overlapHours: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 720,
        default: 24,
        description: 'How long the old secret also signs; 0 if it has leaked',
      }),
    ),
  },
  { ...closed, examples: [{ overlapHours: 24 }] },
)

export const RetryBody = Type.Object(
  {
    deliveryId: Type.Optional(
      Type.String({ maxLength: 100, description: 'Id of one delivery; all dead ones by default' }),
    ),
  },
  { ...closed, examples: [{ deliveryId: 'dlv_01jd3k8q0r2s4t6v8w0x2y4z6a' }] },
)
export const Retried = Type.Object({ retried: Type.Integer() }, { examples: [{ retried: 12 }] })

export const TestReportSchema = Type.Object(
  {
    delivered: Type.Boolean(),
    webhookId: Type.String(),
    latencyMs: Type.Integer({ description: 'Until the response began, or the request failed' }),
    status: Type.Optional(Type.Integer({ description: 'HTTP status; absent if there was no response' })),
    response: Type.Optional(Type.String({ description: 'Beginning of the response body' })),
    problem: Type.Optional(Type.String({ description: 'What went wrong, with advice' })),
    code: Type.Optional(Type.String({ description: 'Error code if the server could not be reached' })),
  },
  {
    examples: [
      {
        delivered: true,
        webhookId: 'msg_01jd3k8q0r2s4t6v8w0x2y4z6a',
        latencyMs: 84,
        status: 204,
        response: '',
      },
    ],
  },
)

const exampleDelivery = {
  id: 'dlv_01jd3k8q0r2s4t6v8w0x2y4z6a',
  messageId: 'msg_7g3q8z1k5m9w2c4x',
  endpointId: exampleEndpoint.id,
  type: 'routing.decided',
  status: 'waiting',
  attempts: 2,
  nextAttemptAt: '2026-03-02T09:20:41.007Z',
  lastAttemptAt: '2026-03-02T09:15:31.530Z',
  lastStatus: 502,
  lastError: 'The server responded 502',
  createdAt: '2026-03-02T09:15:25.901Z',
}
export const DeliveryPage = {
  ...pageOf(
    Type.Object({
      id: Type.String(),
      messageId: Type.String({ description: 'The `webhook-id`, the same for every attempt' }),
      endpointId: Type.String(),
      type: Type.Enum([...EVENT_TYPES]),
      status: Type.Enum([...DELIVERY_STATUSES]),
      attempts: Type.Integer(),
      nextAttemptAt: Type.Optional(Time('Time of the next attempt, if it is waiting')),
      lastAttemptAt: Type.Optional(Time('Time of the latest attempt')),
      lastStatus: Type.Optional(Type.Integer({ description: 'HTTP status of the latest response' })),
      lastError: Type.Optional(Type.String({ description: 'Why the latest attempt failed' })),
      createdAt: Time('When the event happened'),
      resolvedAt: Type.Optional(Time('When it was delivered or given up')),
    }),
  ),
  examples: [{ items: [exampleDelivery] }],
}

export const EndpointParams = Type.Object({ id: Type.String({ maxLength: 100 }) })
export const EndpointQuery = Type.Object(PageQuery.properties, closed)
export const DeliveryQuerystring = Type.Object(
  { ...PageQuery.properties, status: Type.Optional(Type.Enum([...DELIVERY_STATUSES])) },
  closed,
)
export const IfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      maxLength: 100,
      description:
        'ETag of the endpoint as you read it; 428 if missing, 412 if the endpoint has changed since',
    }),
  ),
})
