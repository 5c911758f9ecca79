import { Type } from 'typebox'
import { PredictionSchema, RoutingSchema } from './predictions/classify-schemas.ts'
import type { ThreadTriage } from './read-triage.ts'
import type { StoredRuleSet } from './routing/routing-rule.ts'
import { DestinationSchema, RuleSetSchema, usualOrder } from './routing/routing-schemas.ts'
import type { Simulation } from './routing/simulate-rule-set.ts'

export const ThreadParams = Type.Object({ id: Type.String() })

export const RuleSetHeaders = Type.Object({
  'if-match': Type.Optional(
    Type.String({ maxLength: 100, description: 'ETag of the version that the change is based on' }),
  ),
})

export const StoredRuleSetSchema = Type.Unsafe<StoredRuleSet>(
  Type.Object(
    { version: Type.Integer({ description: '0 is the built-in rule set' }), ...RuleSetSchema.properties },
    { examples: [{ version: 1, ...usualOrder }] },
  ),
)

const Side = Type.Object({ rule: Type.String(), destination: DestinationSchema })
const community = { kind: 'community', name: 'community' } as const
const experts = { kind: 'expert', name: 'experts' } as const

export const SimulationSchema = Type.Unsafe<Simulation>(
  Type.Object(
    {
      threads: Type.Integer({ description: 'Threads tried' }),
      destinations: Type.Array(Type.Object({ destination: DestinationSchema, threads: Type.Integer() })),
      rules: Type.Array(Type.Object({ rule: Type.String(), threads: Type.Integer() })),
      moved: Type.Object({
        threads: Type.Integer({
          description: 'Threads whose destination differs from that of the present rules',
        }),
        flows: Type.Array(
          Type.Object({ from: DestinationSchema, to: DestinationSchema, threads: Type.Integer() }),
        ),
        examples: Type.Array(
          Type.Object({ threadId: Type.String(), title: Type.String(), from: Side, to: Side }),
        ),
      }),
    },
    {
      examples: [
        {
          threads: 120,
          destinations: [
            { destination: community, threads: 90 },
            { destination: experts, threads: 30 },
          ],
          rules: [
            { rule: 'expert-after-four-hours', threads: 30 },
            { rule: 'default', threads: 90 },
          ],
          moved: {
            threads: 30,
            flows: [{ from: community, to: experts, threads: 30 }],
            examples: [
              {
                threadId: 'thr_7h2k9m4p6r8t1v3x',
                title: 'Charged twice this month',
                from: { rule: 'default', destination: community },
                to: { rule: 'expert-after-four-hours', destination: experts },
              },
            ],
          },
        },
      ],
    },
  ),
)

const StoredDecision = Type.Object({
  id: Type.String(),
  ...RoutingSchema.properties,
  decidedAt: Type.String(),
  reconsiderAt: Type.Optional(
    Type.String({ description: 'When the decision will change by the passing of time alone' }),
  ),
  supersededAt: Type.Optional(Type.String()),
})

const decisionExample = {
  id: 'rtd_01k9zq3c8m5v7x2r4t6b8n0q',
  destination: community,
  priority: 'normal' as const,
  rule: 'default',
  ruleSetVersion: 1,
  decidedAt: '2026-01-15T09:30:00.000Z',
  reconsiderAt: '2026-01-15T13:30:00.000Z',
}

export const ThreadTriageSchema = Type.Unsafe<ThreadTriage>(
  Type.Object(
    {
      predictions: Type.Array(Type.Object({ ...PredictionSchema.properties, createdAt: Type.String() })),
      routing: Type.Optional(StoredDecision),
      history: Type.Array(StoredDecision, { description: 'All decisions, latest first' }),
    },
    {
      examples: [
        {
          predictions: [
            {
              facet: 'category',
              label: 'billing',
              confidence: 0.93,
              alternatives: [{ label: 'billing', confidence: 0.93 }],
              decision: 'assigned' as const,
              modelVersion: 3,
              createdAt: '2026-01-15T09:30:00.000Z',
            },
          ],
          routing: decisionExample,
          history: [decisionExample],
        },
      ],
    },
  ),
)
