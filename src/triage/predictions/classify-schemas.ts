import { Type } from 'typebox'
import type { ActedDecision } from '../measurements/measurement.ts'
import { MeasuredSchema } from '../measurements/measurement-schemas.ts'
import {
  AskerRoleSchema,
  DestinationSchema,
  FactsSchema,
  PrioritySchema,
} from '../routing/routing-schemas.ts'
import type { ClassifiedPost } from './classify-post.ts'
import type { Prediction } from './prediction.ts'

const closed = { additionalProperties: false } as const

const post = {
  title: Type.Optional(Type.String({ maxLength: 1_000 })),
  body: Type.String({ minLength: 1, maxLength: 100_000, description: 'Plain text or Markdown' }),
  language: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$',
      maxLength: 35,
      description: 'BCP 47 language tag; detected if absent',
    }),
  ),
  facts: Type.Optional(FactsSchema),
  source: Type.Optional(Type.String({ maxLength: 200, description: 'Name of the source it was written in' })),
  tags: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 100 })),
  asker: Type.Optional(
    Type.Object(
      { role: Type.Optional(AskerRoleSchema), reputation: Type.Optional(Type.Number()) },
      { ...closed, description: 'The person who asks' },
    ),
  ),
}

const postExample = {
  title: 'Charged twice this month',
  body: 'My invoice shows the subscription **twice**. How do I get the second payment back?',
  facts: { segment: 'business', revenue: 1200 },
}

export const ClassifyBody = Type.Object(post, { ...closed, examples: [postExample] })

const BatchId = Type.Unsafe<string | number>({
  type: ['string', 'number'],
  maxLength: 200,
  description: 'Your own id, returned unchanged',
})
export const BatchLine = Type.Object({ id: Type.Optional(BatchId), ...post }, closed)

const LabelConfidence = Type.Object({ label: Type.String(), confidence: Type.Number() })

const EstimatedError = Type.Number({
  description:
    'Estimated share of wrong labels among predictions as sure as this one: by held-out predictions or by the calibrated probability, whichever is more',
})

export const PredictionSchema = Type.Object({
  facet: Type.String(),
  label: Type.String(),
  confidence: Type.Number({ description: 'Calibrated probability that `label` is right' }),
  alternatives: Type.Array(LabelConfidence, {
    description:
      'The likeliest labels in order, beginning with `label` unless costs of mistakes chose another; also when abstained',
  }),
  decision: Type.Unsafe<ActedDecision>(
    Type.String({
      enum: ['assigned', 'suggested', 'abstained'],
      description:
        '`abstained`: too uncertain for the risk budget of the facet; `suggested`: certain enough, but not acted on, for the reason in `measured`',
    }),
  ),
  reason: Type.Optional(
    Type.Unsafe<NonNullable<Prediction['reason']>>(
      Type.String({
        enum: ['unsure', 'unlike-anything-seen', 'two-labels-close'],
        description: 'Why it abstained; absent if a label is assigned',
      }),
    ),
  ),
  provisional: Type.Optional(
    Type.Object(
      { estimatedError: EstimatedError },
      {
        description:
          'On an abstention, while the risk budget cannot be shown to be kept: rules with `provisional` may use the label',
      },
    ),
  ),
  measured: Type.Optional(MeasuredSchema),
  modelVersion: Type.Integer({ description: 'Number of the model version that predicted' }),
})

export const RoutingSchema = Type.Object({
  destination: DestinationSchema,
  priority: PrioritySchema,
  slaMinutes: Type.Optional(Type.Integer()),
  rule: Type.String({ description: 'Name of the rule that decided; `default` if none matched' }),
  ruleSetVersion: Type.Integer({ description: 'Version of the routing rules; 0 is the built-in rule set' }),
  provisional: Type.Optional(
    Type.Array(
      Type.Object({
        facet: Type.String(),
        label: Type.String(),
        confidence: Type.Number(),
        estimatedError: EstimatedError,
      }),
      { description: 'Provisional assignments that the decision rests on; absent if there are none' },
    ),
  ),
})

const predictionExample = {
  facet: 'category',
  label: 'billing',
  confidence: 0.93,
  alternatives: [
    { label: 'billing', confidence: 0.93 },
    { label: 'contract', confidence: 0.04 },
  ],
  decision: 'assigned' as const,
  modelVersion: 3,
}

const classifiedExample = {
  language: 'en',
  predictions: [predictionExample],
  routing: {
    destination: { kind: 'queue' as const, name: 'business' },
    priority: 'high' as const,
    slaMinutes: 60,
    rule: 'business-customers',
    ruleSetVersion: 2,
  },
}

export const ClassifiedPostSchema = Type.Unsafe<ClassifiedPost>(
  Type.Object(
    {
      language: Type.String({ description: 'ISO 639-1, or `und` if it cannot be detected' }),
      predictions: Type.Array(PredictionSchema, { description: 'One for each facet with a model' }),
      routing: RoutingSchema,
      notice: Type.Optional(Type.String({ description: 'Set while no model version is active' })),
    },
    { examples: [classifiedExample] },
  ),
)

const lines = (examples: readonly object[]) =>
  examples.map((example) => `${JSON.stringify(example)}\n`).join('')

/** The bodies are streams: lines are validated one by one, not by Fastify. */
export const BatchRequest = Type.Unsafe<unknown>({
  description: 'One JSON object per line: the body of `/api/classify`, with an optional `id`',
  examples: [
    lines([
      { id: 1, ...postExample },
      { id: 2, body: 'Comment résilier mon abonnement ?' },
    ]),
  ],
})

export const BatchResponse = Type.Unsafe<unknown>({
  description:
    'One line for each line sent, in order: the response of `/api/classify` with your `id`, or `{line, code, detail}` for an invalid line',
  examples: [
    lines([
      { id: 1, ...classifiedExample },
      { line: 2, code: 'CLASSIFY_LINE_NOT_JSON', detail: 'The line is not valid JSON: it cannot be parsed' },
    ]),
  ],
})
