import { type TSchema, Type } from 'typebox'
import type { Page } from '../platform/page.ts'
import { PredictionSchema, RoutingSchema } from './predictions/classify-schemas.ts'
import type { LabelledTriage } from './read-triage.ts'
import { CalendarSchema } from './routing/calendar-schemas.ts'
import type { RuleCounts } from './routing/count-decisions.ts'
import type { RuleSetComparison } from './routing/diff-rule-sets.ts'
import type { StoredRuleSet } from './routing/routing-rule.ts'
import { DestinationSchema, RuleSetSchema, usualOrder } from './routing/routing-schemas.ts'
import type { RuleSetVersion } from './routing/rule-set-store.ts'
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

export const VersionParams = Type.Object({ version: Type.Integer({ minimum: 0, maximum: 2_000_000_000 }) })

export const DiffQuery = Type.Object({
  from: Type.Integer({ minimum: 0, maximum: 2_000_000_000, description: 'The earlier version' }),
  to: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 2_000_000_000, description: 'The version in force by default' }),
  ),
})

const versionExample = {
  version: 2,
  actor: { id: 'key_01k9zq0000000000000000bb', name: 'supervisor' },
  createdAt: '2026-01-15T09:30:00.000Z',
  rules: 6,
}

export const VersionPage = Type.Unsafe<Page<RuleSetVersion>>(
  Type.Object(
    {
      items: Type.Array(
        Type.Object({
          version: Type.Integer({ description: '0 is the built-in rule set' }),
          actor: Type.Optional(Type.Object({ id: Type.String(), name: Type.Optional(Type.String()) })),
          createdAt: Type.Optional(Type.String()),
          restoredFrom: Type.Optional(
            Type.Integer({ description: 'The version whose rules were put in force again' }),
          ),
          rules: Type.Integer({ description: 'Number of rules' }),
        }),
      ),
      next: Type.Optional(Type.String()),
    },
    { examples: [{ items: [versionExample, { version: 0, rules: 4 }] }] },
  ),
)

const { rules, default: fallback } = RuleSetSchema.properties
const sides = <T extends TSchema>(part: T) => ({ before: Type.Optional(part), after: Type.Optional(part) })

export const RuleSetDiffSchema = Type.Unsafe<RuleSetComparison>(
  Type.Object(
    {
      from: Type.Integer(),
      to: Type.Integer(),
      added: Type.Array(rules.items),
      removed: Type.Array(rules.items),
      changed: Type.Array(Type.Object({ name: Type.String(), before: rules.items, after: rules.items })),
      moved: Type.Array(Type.Object({ name: Type.String(), from: Type.Integer(), to: Type.Integer() }), {
        description: 'As few rules as explain the new order; positions begin at 1',
      }),
      default: Type.Optional(Type.Object(sides(fallback))),
      calendars: Type.Array(Type.Object({ name: Type.String(), ...sides(CalendarSchema) })),
      same: Type.Boolean({ description: 'Whether nothing differs' }),
    },
    {
      examples: [
        {
          from: 1,
          to: 2,
          added: [],
          removed: [usualOrder.rules[0]!],
          changed: [],
          moved: [{ name: 'expert-after-four-hours', from: 7, to: 5 }],
          calendars: [],
          same: false,
        },
      ],
    },
  ),
)

const Side = Type.Object({ rule: Type.String(), destination: DestinationSchema })
const community = { kind: 'community', name: 'community' } as const
const experts = { kind: 'expert', name: 'experts' } as const

const ThreadsOfRules = Type.Array(Type.Object({ rule: Type.String(), threads: Type.Integer() }), {
  description: 'In the order in which rules are tried, `default` last',
})

export const RuleCountsSchema = Type.Unsafe<RuleCounts>(
  Type.Object(
    { version: Type.Integer({ description: 'The version in force' }), rules: ThreadsOfRules },
    {
      examples: [
        {
          version: 1,
          rules: [
            { rule: 'expert-after-four-hours', threads: 30 },
            { rule: 'default', threads: 90 },
          ],
        },
      ],
    },
  ),
)

export const SimulationSchema = Type.Unsafe<Simulation>(
  Type.Object(
    {
      threads: Type.Integer({ description: 'Threads tried' }),
      destinations: Type.Array(Type.Object({ destination: DestinationSchema, threads: Type.Integer() })),
      rules: ThreadsOfRules,
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
  slaDueAt: Type.Optional(
    Type.String({ description: 'When the time limit passes; absent once the thread was answered in time' }),
  ),
  slaBreachedAt: Type.Optional(
    Type.String({ description: 'When the time limit was found to have passed without an answer' }),
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

const PredictionWithTime = Type.Object({ ...PredictionSchema.properties, createdAt: Type.String() })
const predictionExample = {
  facet: 'category',
  label: 'billing',
  confidence: 0.93,
  alternatives: [{ label: 'billing', confidence: 0.93 }],
  decision: 'assigned' as const,
  modelVersion: 3,
  createdAt: '2026-01-15T09:30:00.000Z',
}

/** What other responses show of the triage of a thread. */
export const ThreadTriageSchemaParts = {
  predictions: Type.Array(PredictionWithTime, { description: 'One for each facet with a model' }),
  routing: Type.Optional(StoredDecision),
  example: { predictions: [predictionExample], routing: decisionExample },
} as const

export const ThreadTriageSchema = Type.Unsafe<LabelledTriage>(
  Type.Object(
    {
      labels: Type.Array(
        Type.Object({
          facet: Type.String(),
          label: Type.String(),
          provenance: Type.Enum(['ruling', 'agent', 'import']),
          annotationId: Type.String({ description: 'Annotation that the label rests on' }),
        }),
        { description: 'Labels in force' },
      ),
      predictions: Type.Array(PredictionWithTime),
      routing: Type.Optional(StoredDecision),
      history: Type.Array(StoredDecision, { description: 'All decisions, latest first' }),
    },
    {
      examples: [
        {
          labels: [
            {
              facet: 'category',
              label: 'billing',
              provenance: 'agent',
              annotationId: 'ann_01k9zq3c8m5v7x2r4t6b8n0q',
            },
          ],
          predictions: [predictionExample],
          routing: decisionExample,
          history: [decisionExample],
        },
      ],
    },
  ),
)
