import { Type } from 'typebox'
import { AUDIENCES } from '../access/audience.ts'
import { PageQuery, pageOf } from '../platform/page-schema.ts'
import { EVENT_TYPES, type RoutingFilter } from './endpoints/endpoint.ts'
import { DELIVERY_STATUSES } from './sending/delivery.ts'

const closed = { additionalProperties: false } as const
const Time = (description: string) => Type.String({ format: 'date-time', description })

const Audience = Type.Enum([...AUDIENCES], {
  description: 'It is told of nothing that a reader of this audience may not see; none closer than your own',
})
const EventTypes = Type.Array(Type.Enum([...EVENT_TYPES]), { minItems: 1, maxItems: EVENT_TYPES.length })
const Url = Type.String({
  minLength: 1,
  maxLength: 2_000,
  description: 'https, unless its host is named private',
})
const Description = Type.String({ maxLength: 500, description: 'Whose it is and what for' })

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
            'Only decisions on threads in which something happened at most so many days before; 7 unless stated. ' +
            '`any` also tells of an archive that is imported, thread by thread',
        }),
      ),
    ),
  },
  { ...closed, description: 'Which routing decisions it is told of; other events are not held up by this' },
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
  version: Type.Integer({ description: 'What `ETag` says and `If-Match` wants' }),
  failingSince: Type.Optional(Time('When the first attempt failed since which none has succeeded')),
  oldSecretUntil: Type.Optional(Time('Until when a secret that was replaced signs too')),
  createdAt: Time('When it was added'),
  updatedAt: Time('When it was last changed'),
  waiting: Type.Integer({ description: 'Deliveries that are due or will be tried again' }),
  dead: Type.Integer({ description: 'Deliveries that were given up' }),
}

export const EndpointSchema = Type.Object(endpointFields, { examples: [exampleEndpoint] })
export const EndpointPage = { ...pageOf(EndpointSchema), examples: [{ items: [exampleEndpoint] }] }
export const EndpointWithSecret = Type.Object(
  { ...endpointFields, secret: Type.String({ description: 'What signs its webhooks; shown this once' }) },
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
        description: 'For so long the old secret signs too; 0 when it has leaked',
      }),
    ),
  },
  { ...closed, examples: [{ overlapHours: 24 }] },
)

export const RetryBody = Type.Object(
  {
    deliveryId: Type.Optional(Type.String({ maxLength: 100, description: 'One; all dead ones without it' })),
  },
  { ...closed, examples: [{ deliveryId: 'dlv_01jd3k8q0r2s4t6v8w0x2y4z6a' }] },
)
export const Retried = Type.Object({ retried: Type.Integer() }, { examples: [{ retried: 12 }] })

export const TestReportSchema = Type.Object(
  {
    delivered: Type.Boolean(),
    webhookId: Type.String(),
    latencyMs: Type.Integer({ description: 'Until its answer began, or failed to' }),
    status: Type.Optional(Type.Integer({ description: 'HTTP status; absent when no answer came' })),
    response: Type.Optional(Type.String({ description: 'The beginning of the answer’s body' })),
    problem: Type.Optional(Type.String({ description: 'What went wrong, and what may help' })),
    code: Type.Optional(Type.String({ description: 'Code of a failure to reach it' })),
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
  lastError: 'It answered 502',
  createdAt: '2026-03-02T09:15:25.901Z',
}
export const DeliveryPage = {
  ...pageOf(
    Type.Object({
      id: Type.String(),
      messageId: Type.String({ description: 'The `webhook-id`, the same at every attempt' }),
      endpointId: Type.String(),
      type: Type.Enum([...EVENT_TYPES]),
      status: Type.Enum([...DELIVERY_STATUSES]),
      attempts: Type.Integer(),
      nextAttemptAt: Type.Optional(Time('Of one that waits')),
      lastAttemptAt: Type.Optional(Time('When it was last tried')),
      lastStatus: Type.Optional(Type.Integer({ description: 'HTTP status of the last answer' })),
      lastError: Type.Optional(Type.String({ description: 'Why the last attempt failed' })),
      createdAt: Time('When it happened'),
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
      description: 'ETag of the endpoint as read; 428 without it, 412 when stale',
    }),
  ),
})
