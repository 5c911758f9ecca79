import { Type } from 'typebox'
import { GuidedLabel, guidedLabelExample } from '../labels/schemas.ts'
import { type QueryStrategyName, queryStrategyNames } from '../learning/queries/strategies.ts'
import { PageQuery, pageOf } from '../platform/page-schema.ts'
import { Author } from '../threads/schemas.ts'
import { AUDITED_NEEDED } from '../triage/measurements/measurement.ts'
import { MeasuredSchema } from '../triage/measurements/measurement-schemas.ts'
import { DestinationSchema } from '../triage/routing/routing-schemas.ts'
import type { QueueNotice } from './queue/queue-notice.ts'
import { MOST_POSTS } from './queue/queue-posts.ts'
import type { QueueItem, ReviewQueue } from './queue/review-queue.ts'
import { WHYS, type Why } from './queue/why.ts'
import { SkipSchema } from './skips/skip-schemas.ts'

const queueItemExample = {
  threadId: 'thr_7h2k9m4p6r8t1v3x',
  title: 'Charged twice this month',
  excerpt: 'My invoice shows the subscription twice. How do I get the second payment back?',
  language: 'en',
  source: 'forum',
  why: 'close-labels' as const,
  reason: 'The model cannot decide between billing (41%) and contract (38%).',
  blind: false,
  prediction: {
    label: 'billing',
    confidence: 0.41,
    alternatives: [
      { label: 'billing', confidence: 0.41 },
      { label: 'contract', confidence: 0.38 },
    ],
    decision: 'abstained' as const,
  },
  path: '/api/threads/thr_7h2k9m4p6r8t1v3x',
}

export const QueueQuery = Type.Object({
  posts: Type.Optional(
    Type.Unsafe<'none' | 'all'>(
      Type.String({
        enum: ['none', 'all'],
        default: 'none',
        description: '`all`: with the posts of each thread',
      }),
    ),
  ),
  facet: Type.Optional(Type.String({ minLength: 1, maxLength: 60, default: 'category' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 10 })),
  strategy: Type.Optional(
    Type.Unsafe<QueryStrategyName>(
      Type.String({
        enum: [...queryStrategyNames],
        default: 'default',
        description:
          'How to choose the threads. `default` mixes margin, class balance and diversity; before there is a model, it spreads over the corpus and prefers threads similar to the names and descriptions of labels',
      }),
    ),
  ),
})

const LabelConfidence = Type.Object({ label: Type.String(), confidence: Type.Number() })

const QueuePost = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['question', 'answer', 'comment']),
  parentId: Type.Optional(Type.String({ description: 'Post that it replies to' })),
  author: Type.Optional(Author),
  text: Type.String({ description: 'Body as plain text' }),
  accepted: Type.Boolean(),
  createdAt: Type.String(),
  editedAt: Type.Optional(Type.String()),
})

const QueueItemSchema = Type.Unsafe<QueueItem>(
  Type.Object({
    threadId: Type.String(),
    title: Type.String(),
    excerpt: Type.String({ description: 'Beginning of the question as plain text' }),
    language: Type.String(),
    source: Type.String(),
    why: Type.Unsafe<Why>(
      Type.String({
        enum: [...WHYS],
        description:
          'Why the thread was chosen: reported as misrouted; a label is suggested that does not act on its source, as it was not measured there; drawn at random for the audit; labelled by another agent; the two likeliest labels are close; the prediction is uncertain; unlike the training data; a label with few examples; an imported label in doubt; typical of unlabelled threads; at random as requested',
      }),
    ),
    reason: Type.String({
      description: 'The reason as a sentence, in French or English by `Accept-Language`',
    }),
    blind: Type.Boolean({
      description: 'Send the same value when annotating: the annotation is made without seeing a prediction',
    }),
    prediction: Type.Optional(
      Type.Object({
        label: Type.String(),
        confidence: Type.Number(),
        alternatives: Type.Array(LabelConfidence),
        decision: Type.String(),
        measured: Type.Optional(MeasuredSchema),
      }),
    ),
    imported: Type.Optional(
      Type.Object(
        {
          label: Type.String({ description: 'Label that the import stated' }),
          confidence: Type.Number({ description: 'Its probability by a model that had not seen the thread' }),
          likely: Type.String({ description: 'The likeliest label by that model' }),
        },
        { description: 'Why an imported label is in doubt' },
      ),
    ),
    misroutes: Type.Optional(
      Type.Array(
        Type.Object({
          id: Type.String(),
          reason: Type.String(),
          suggested: Type.Optional(DestinationSchema),
          reporter: Type.Object({ id: Type.String(), name: Type.String() }),
          createdAt: Type.String(),
        }),
        { description: 'What receivers reported of a misrouted thread, earliest first' },
      ),
    ),
    skips: Type.Optional(
      Type.Array(SkipSchema, {
        description:
          'Other agents who skipped the thread or were not sure, earliest first; never on blind items',
      }),
    ),
    posts: Type.Optional(
      Type.Array(QueuePost, {
        description: `With \`posts=all\`: the question, then the other posts by creation, up to ${MOST_POSTS}`,
      }),
    ),
    morePosts: Type.Optional(
      Type.Integer({ description: 'Posts of the thread beyond those in `posts`; read them at `path`' }),
    ),
    path: Type.String({ description: 'Path of the whole thread' }),
  }),
)

export const ReviewQueueSchema = Type.Unsafe<ReviewQueue>(
  Type.Object(
    {
      facet: Type.Object({ name: Type.String(), description: Type.String() }),
      labels: Type.Array(GuidedLabel, { description: 'Labels to choose from' }),
      items: Type.Array(QueueItemSchema),
      notice: Type.Optional(
        Type.Object(
          {
            code: Type.Unsafe<QueueNotice['code']>(
              Type.String({ enum: ['held-by-others', 'certain', 'skipped', 'labelled', 'empty'] }),
            ),
            en: Type.String(),
            fr: Type.String(),
          },
          { description: 'Set where `items` is empty: why nothing is worth a label now' },
        ),
      ),
    },
    {
      examples: [
        {
          facet: { name: 'category', description: 'Description of the facet' },
          labels: [guidedLabelExample],
          items: [queueItemExample],
        },
      ],
    },
  ),
)

const misrouteExample = {
  id: 'mis_01k9zq3c8m5v7x2r4t6b8n0q',
  threadId: 'thr_7h2k9m4p6r8t1v3x',
  decisionId: 'rtd_01k9zq3c8m5v7x2r4t6b8n0q',
  reason: 'This is about a contract, not about an invoice',
  suggested: { kind: 'queue' as const, name: 'contracts' },
  facet: 'category',
  reporter: { id: 'key_01k9zq0000000000000000aa', name: 'demo agent' },
  createdAt: '2026-01-15T09:30:00.000Z',
}

export const MisrouteSchema = Type.Object(
  {
    id: Type.String(),
    threadId: Type.String(),
    decisionId: Type.Optional(Type.String({ description: 'Routing decision that is reported' })),
    reason: Type.String(),
    suggested: Type.Optional(DestinationSchema),
    facet: Type.Optional(Type.String({ description: 'Facet whose label sent it there' })),
    reporter: Type.Object({ id: Type.String(), name: Type.String() }),
    createdAt: Type.String(),
    resolvedAt: Type.Optional(
      Type.String({ description: 'When an agent labelled the thread again on this facet' }),
    ),
  },
  { examples: [misrouteExample] },
)

export const AuditDraw = Type.Object(
  {
    facet: Type.Optional(Type.String({ maxLength: 100, description: '`message-kind` by default' })),
    source: Type.String({ minLength: 1, maxLength: 200 }),
    threads: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 500,
        default: AUDITED_NEEDED,
        description: 'How many threads of the source the audit slice should hold at least',
      }),
    ),
  },
  { additionalProperties: false, examples: [{ source: 'forum', threads: AUDITED_NEEDED }] },
)

export const AuditDrawn = Type.Object(
  {
    facet: Type.String(),
    source: Type.String(),
    added: Type.Integer({ description: 'Threads added to the audit slice' }),
    drawn: Type.Integer({ description: 'Threads of the source in the audit slice by now' }),
  },
  { examples: [{ facet: 'message-kind', source: 'forum', added: 56, drawn: 60 }] },
)

export const ThreadParams = Type.Object({ id: Type.String() })

export const NewMisroute = Type.Object(
  {
    reason: Type.String({ minLength: 1, maxLength: 2000 }),
    suggested: Type.Optional(DestinationSchema),
    facet: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 60,
        description:
          'Facet whose label is wrong; by default the one that the deciding rule asks about, else `category`',
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ reason: misrouteExample.reason, suggested: misrouteExample.suggested }],
  },
)

export const MisroutePage = pageOf(MisrouteSchema)

export const MisrouteQuery = Type.Object({
  ...PageQuery.properties,
  resolved: Type.Optional(
    Type.Boolean({ default: false, description: 'List resolved misroutes instead of open ones' }),
  ),
})
