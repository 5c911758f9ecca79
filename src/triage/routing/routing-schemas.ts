import { type TProperties, type TSchema, Type } from 'typebox'
import { CalendarSchema } from './calendar-schemas.ts'
import { PATTERN_LIMITS } from './condition-reading.ts'
import {
  type AskerRole,
  builtInRuleSet,
  type Condition,
  type Fact,
  LEAST_PROBABILITY,
  type Outcome,
  PRIORITIES,
  type Priority,
  type RuleSet,
  rule,
  type TextField,
} from './routing-rule.ts'

const LONGEST_TIME = 52_560_000
const closed = { additionalProperties: false } as const

const Name = (description: string) => Type.String({ minLength: 1, maxLength: 200, description })
const FacetName = Name('Name of a facet: `category`, `urgency` …')
const Minutes = (description: string) => Type.Integer({ minimum: 0, maximum: LONGEST_TIME, description })
const Share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description })
const oneOf = <T extends TSchema>(value: T) => ({
  is: Type.Optional(value),
  in: Type.Optional(Type.Array(value, { minItems: 1, maxItems: 500 })),
})
const between = {
  atLeast: Type.Optional(Type.Number()),
  atMost: Type.Optional(Type.Number()),
}
const leaf = (properties: TProperties, description: string) =>
  Type.Optional(Type.Object(properties, { ...closed, minProperties: 1, description }))

const FactSchema = Type.Unsafe<Fact>({ type: ['string', 'number', 'boolean'] })
export const FactsSchema = Type.Unsafe<Readonly<Record<string, Fact>>>(
  Type.Record(Type.String({ maxLength: 200 }), FactSchema, {
    maxProperties: 100,
    description: 'Facts about the asker or the case: `segment`, `revenue` …',
  }),
)
export const AskerRoleSchema = Type.Unsafe<AskerRole>(
  Type.String({ enum: ['member', 'expert', 'staff', 'moderator', 'unknown'] }),
)

export const DestinationSchema = Type.Object(
  {
    kind: Type.Unsafe<Outcome['destination']['kind']>(
      Type.String({ enum: ['community', 'queue', 'expert'] }),
    ),
    name: Name('Name of the community, queue or expert (group)'),
  },
  closed,
)
const Probability = (description: string) =>
  Type.Number({ minimum: LEAST_PROBABILITY, maximum: 1, description })
const Phrases = (description: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 200, description })
const Field = Type.Optional(
  Type.Unsafe<TextField>(
    Type.String({ enum: ['title', 'question'], description: 'Only in this part; in both if absent' }),
  ),
)

const nested = Type.Ref('RoutingCondition')
const parts = Type.Optional(Type.Array(nested, { minItems: 1, maxItems: 100 }))

/** A condition in the API; the descriptions define its meaning. */
const ConditionSchema = Type.Unsafe<Condition>(
  Type.Cyclic(
    {
      RoutingCondition: Type.Object(
        {
          all: parts,
          any: parts,
          not: Type.Optional(nested),
          label: leaf(
            {
              facet: FacetName,
              ...oneOf(Name('Name of a label')),
              minConfidence: Type.Optional(
                Share('Lowest confidence; the label of an agent has confidence 1'),
              ),
              provisional: Type.Optional(
                Type.Boolean({
                  description:
                    'Also use provisional assignments, while the risk budget of the facet cannot be shown to be kept; needs `minConfidence`',
                }),
              ),
            },
            'The label assigned on a facet, by the model or an agent; any label if none is named',
          ),
          confidence: leaf(
            {
              facet: FacetName,
              atLeast: Type.Optional(Share('At least this')),
              below: Type.Optional(Share('Less than this')),
            },
            'Confidence of the model in its likeliest label, assigned or not',
          ),
          probability: leaf(
            {
              facet: FacetName,
              label: Name('Name of a label'),
              atLeast: Type.Optional(Probability('At least this')),
              below: Type.Optional(Probability('Less than this')),
            },
            'Probability of a label, whether it is assigned or not; 1 or 0 where a person labelled the thread',
          ),
          abstained: leaf({ facet: FacetName }, 'The model of the facet abstained'),
          language: leaf(oneOf(Name('BCP 47 primary tag: `fr`, `en` …')), 'Language of the question'),
          source: leaf(oneOf(Name('Name of a source')), 'Source of the thread'),
          askerRole: leaf(oneOf(AskerRoleSchema), 'Role of the asker in the community'),
          reputation: leaf(between, 'Reputation of the asker'),
          fact: leaf(
            { name: Name('Name of the fact: `segment`, `revenue` …'), ...oneOf(FactSchema), ...between },
            'A fact stated with the thread; without further conditions, that the fact is stated at all',
          ),
          age: leaf(
            {
              atLeastMinutes: Type.Optional(Minutes('Asked at least this long ago')),
              lessThanMinutes: Type.Optional(Minutes('Asked less than this long ago')),
            },
            'Time since the question was asked; a thread without a date has no age',
          ),
          unanswered: leaf(
            { forMinutes: Minutes('Asked at least this long ago') },
            'The thread has no answer at all, for at least this long',
          ),
          answered: Type.Optional(Type.Boolean({ description: 'Whether the thread has an answer' })),
          resolved: Type.Optional(Type.Boolean({ description: 'Whether an answer is accepted' })),
          views: leaf(between, 'Number of views of the thread'),
          tag: leaf(oneOf(Name('A tag')), 'A tag of the thread'),
          words: leaf(
            {
              any: Type.Optional(Phrases('At least one of these')),
              all: Type.Optional(Phrases('Each of these')),
              field: Field,
            },
            'Words or phrases of the text, in any form that search finds them by: without regard to case, accents, plural or conjugation',
          ),
          pattern: leaf(
            {
              matches: Type.String({
                minLength: 1,
                maxLength: PATTERN_LIMITS.length,
                description: 'RE2 expression: no look-around, no back-references; refused if it is too large',
              }),
              field: Field,
              caseSensitive: Type.Optional(Type.Boolean({ description: 'False if absent' })),
            },
            'A regular expression that matches a part of the text',
          ),
          hours: leaf(
            {
              calendar: Name('Name of a calendar of the rule set'),
              is: Type.Unsafe<'open' | 'closed'>(Type.String({ enum: ['open', 'closed'] })),
            },
            'Whether the calendar is open now; threads are routed again when it opens and closes',
          ),
          load: leaf(
            { destination: DestinationSchema, ...between },
            'Open threads (neither resolved nor closed) that are routed to a destination now, this one not counted. Read when a thread is routed; a changed load alone routes no thread again',
          ),
        },
        {
          ...closed,
          minProperties: 1,
          maxProperties: 1,
          description:
            'An object with exactly one key, the property to check. Everything stated under it must hold; a condition on an unknown property never holds.',
        },
      ),
    },
    'RoutingCondition',
  ),
)

export const PrioritySchema = Type.Unsafe<Priority>(Type.String({ enum: [...PRIORITIES] }))

const outcome = {
  destination: DestinationSchema,
  priority: PrioritySchema,
  slaMinutes: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: LONGEST_TIME,
      description: 'Time within which it should be handled',
    }),
  ),
}
const OutcomeSchema = Type.Object(outcome, closed)

/** The usual order: the community first, experts after a delay, an agent after that. */
export const usualOrder: RuleSet = {
  rules: [
    ...builtInRuleSet.rules,
    rule(
      'business-customers',
      { all: [{ fact: { name: 'segment', is: 'business' } }, { resolved: false }] },
      { destination: { kind: 'queue', name: 'business' }, priority: 'high', slaMinutes: 60 },
    ),
    rule(
      'agent-after-a-day',
      { unanswered: { forMinutes: 1440 } },
      { destination: { kind: 'queue', name: 'agents' }, priority: 'high', slaMinutes: 240 },
    ),
    rule(
      'expert-after-four-hours',
      { unanswered: { forMinutes: 240 } },
      { destination: { kind: 'expert', name: 'experts' }, priority: 'normal' },
    ),
  ],
  default: builtInRuleSet.default,
}

export const RuleSetSchema = Type.Object(
  {
    rules: Type.Array(
      Type.Object(
        {
          name: Name('Unique within the rule set; `default` is reserved for “no rule matched”'),
          when: Type.Optional(ConditionSchema),
          // biome-ignore lint/suspicious/noThenProperty: the schema of a property of rules, never awaited
          then: OutcomeSchema,
        },
        closed,
      ),
      {
        maxItems: 500,
        description:
          'Checked in order: the first rule that matches decides; a rule without `when` always matches',
      },
    ),
    default: OutcomeSchema,
    calendars: Type.Optional(
      Type.Record(Type.String({ minLength: 1, maxLength: 200 }), CalendarSchema, {
        maxProperties: 50,
        description: 'By name, for conditions on hours',
      }),
    ),
  },
  { ...closed, examples: [usualOrder] },
)
