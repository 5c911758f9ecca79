import { type Static, Type } from 'typebox'
import { LONGEST_LABEL } from '../../labels/facet.ts'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import { Thread, threadExample } from '../../threads/schemas.ts'
import { PRIORITIES } from '../routing/routing-rule.ts'
import { DestinationSchema } from '../routing/routing-schemas.ts'
import { MOST_COUNTED, type ThreadCounts } from './count-threads.ts'
import { SORTS, type ThreadSort } from './list-threads.ts'
import { LABEL_BASES, type LabelBasis, STATUSES, type Status } from './thread-filter.ts'

const facetName = '[a-z0-9]+(-[a-z0-9]+)*'
const Time = (description: string) => Type.String({ format: 'date-time', description })

const filters = {
  label: Type.Optional(
    Type.Array(Type.String({ pattern: `^${facetName}:.+$`, maxLength: 61 + LONGEST_LABEL }), {
      maxItems: 20,
      description:
        '`category:billing`; may be repeated: any of the labels of one facet, and one of each facet',
    }),
  ),
  labelBasis: Type.Optional(
    Type.Unsafe<LabelBasis>(
      Type.String({
        enum: [...LABEL_BASES],
        default: 'any',
        description:
          '`given`: the label in force; `predicted`: the predicted one, whether assigned or not; `any`: the label in force, or the predicted one where none is in force',
      }),
    ),
  ),
  unlabelled: Type.Optional(
    Type.Array(Type.String({ pattern: `^${facetName}$`, maxLength: 60 }), {
      maxItems: 20,
      description: 'Facets on which no label is in force',
    }),
  ),
  decision: Type.Optional(
    Type.String({
      pattern: `^${facetName}:(assigned|suggested|abstained)$`,
      maxLength: 80,
      description: '`category:abstained`: what the model decided on the facet',
    }),
  ),
  reason: Type.Optional(
    Type.String({
      pattern: `^${facetName}:[a-z-]+$`,
      maxLength: 120,
      description: '`category:two-labels-close`: why the model abstained on the facet',
    }),
  ),
  destination: Type.Optional(
    Type.String({
      pattern: '^(community|queue|expert)(:.+)?$',
      maxLength: 300,
      description: '`queue:billing`, or `queue` for all queues: where the thread is routed now',
    }),
  ),
  source: Type.Optional(Type.String({ maxLength: 255 })),
  language: Type.Optional(Type.String({ pattern: '^[a-z]{2,3}$' })),
  status: Type.Optional(
    Type.Unsafe<Status>(
      Type.String({
        enum: [...STATUSES],
        description: 'An answer is accepted; answered, but none accepted; no answer yet',
      }),
    ),
  ),
  resolved: Type.Optional(Type.Boolean()),
  unanswered: Type.Optional(Type.Boolean({ description: 'Only threads without answers' })),
  createdAfter: Type.Optional(Time('Created at this time or later')),
  createdBefore: Type.Optional(Time('Created before this time')),
  author: Type.Optional(Type.String({ maxLength: 100, description: 'Id of the member who asked' })),
  text: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'Words that search finds the thread by; only the thousand best matches are listed',
    }),
  ),
}

export const ThreadListQuery = Type.Object(
  {
    ...filters,
    sort: Type.Optional(Type.Unsafe<ThreadSort>(Type.String({ enum: [...SORTS], default: 'newest' }))),
    sortFacet: Type.Optional(
      Type.String({
        maxLength: 60,
        default: 'category',
        description: 'For `least-confident`: the facet; threads without a prediction are left out',
      }),
    ),
    ...PageQuery.properties,
  },
  { additionalProperties: false },
)
export type ThreadListQuery = Static<typeof ThreadListQuery>

export const ThreadCountQuery = Type.Object(
  {
    ...filters,
    by: Type.Optional(
      Type.Array(Type.String({ pattern: `^(source|language|status|label:${facetName})$`, maxLength: 80 }), {
        maxItems: 10,
        description: '`source`, `language`, `status`, or `label:category`; may be repeated',
      }),
    ),
  },
  { additionalProperties: false },
)
export type ThreadCountQuery = Static<typeof ThreadCountQuery>

const listedExample = {
  ...threadExample,
  labels: [{ facet: 'category', label: 'billing', provenance: 'agent' as const }],
  predictions: [{ facet: 'urgency', label: 'low', confidence: 0.86, decision: 'assigned' }],
  routing: {
    destination: { kind: 'queue' as const, name: 'billing' },
    priority: 'normal' as const,
    rule: 'billing',
  },
}

const ListedThread = Type.Object(
  {
    ...Thread.properties,
    labels: Type.Array(
      Type.Object({
        facet: Type.String(),
        label: Type.String(),
        provenance: Type.Enum(['ruling', 'agent', 'import']),
      }),
      { description: 'Labels in force' },
    ),
    predictions: Type.Array(
      Type.Object({
        facet: Type.String(),
        label: Type.String(),
        confidence: Type.Number(),
        decision: Type.String({ description: '`assigned`, `suggested` or `abstained`' }),
        reason: Type.Optional(Type.String({ description: 'Why the model abstained' })),
      }),
    ),
    routing: Type.Optional(
      Type.Object(
        { destination: DestinationSchema, priority: Type.Enum([...PRIORITIES]), rule: Type.String() },
        { description: 'Current routing decision' },
      ),
    ),
  },
  { examples: [listedExample] },
)

export const ThreadList = Type.Object(pageOf(ListedThread).properties, {
  examples: [{ items: [listedExample] }],
})

export const ThreadCountsSchema = Type.Unsafe<ThreadCounts>(
  Type.Object(
    {
      total: Type.Integer({ description: `Threads, ${MOST_COUNTED} at most` }),
      atLeast: Type.Boolean({
        description: `Whether there are more than ${MOST_COUNTED}: then all counts are "at least"`,
      }),
      by: Type.Record(
        Type.String(),
        Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() })),
        {
          description: 'Counts of each value, the most frequent first',
        },
      ),
    },
    {
      examples: [
        {
          total: 812,
          atLeast: false,
          by: {
            status: [
              { value: 'resolved', count: 640 },
              { value: 'open', count: 172 },
            ],
          },
        },
      ],
    },
  ),
)
