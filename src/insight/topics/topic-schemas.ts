import { Type } from 'typebox'
import { FACET_NAME } from '../../labels/facet.ts'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import { ExampleSchema, exampleThread, SentencesSchema } from '../schema-parts.ts'
import type { PresentedTopic } from './present-topic.ts'
import { TOPIC_STATUSES } from './topic.ts'

const topicExample: PresentedTopic = {
  id: 'top_01k9zq3c8m5v7x2r4t6b8n0q',
  facet: 'category',
  status: 'open',
  proposedName: 'decoder black screen',
  words: ['decoder', 'black', 'screen'],
  postCount: 17,
  posts: [exampleThread],
  figures: {
    posts: 17,
    askers: 15,
    expected: 0.4,
    p: 3.1e-13,
    window: { since: '2026-01-08T02:00:00.000Z', until: '2026-01-15T02:00:00.000Z' },
  },
  summary: {
    en: '17 posts by 15 people about “decoder black screen” fit no label; at the earlier rate 0.4 would have come.',
    fr: '17 messages de 15 personnes sur «\u00a0decoder black screen\u00a0» n’entrent dans aucune étiquette\u202f; au rythme antérieur, on en aurait attendu 0,4.',
  },
  firstSeenAt: '2026-01-14T02:00:01.000Z',
  lastSeenAt: '2026-01-15T02:00:01.000Z',
}

const Status = Type.String({ enum: [...TOPIC_STATUSES] })

export const TopicSchema = Type.Unsafe<PresentedTopic>(
  Type.Object(
    {
      id: Type.String(),
      facet: Type.String(),
      status: Status,
      proposedName: Type.String({ description: 'Its most distinctive words, as a basis for a name' }),
      words: Type.Array(Type.String()),
      postCount: Type.Integer({ description: 'Posts that the caller may see' }),
      posts: Type.Array(ExampleSchema, { description: 'The most typical first' }),
      figures: Type.Optional(
        Type.Object(
          {
            posts: Type.Integer(),
            askers: Type.Integer(),
            expected: Type.Number({ description: 'Posts to expect at the earlier rate' }),
            p: Type.Number({
              description: 'p-value: probability of at least so many posts at the earlier rate',
            }),
            window: Type.Object({ since: Type.String(), until: Type.String() }),
          },
          { description: 'Time of its latest post; absent if the caller may not see all of its posts' },
        ),
      ),
      label: Type.Optional(
        Type.Object(
          { facet: Type.String(), name: Type.String() },
          { description: 'Label that it was accepted as; its posts are suggestions for that label' },
        ),
      ),
      summary: SentencesSchema,
      firstSeenAt: Type.String(),
      lastSeenAt: Type.String(),
      resolved: Type.Optional(
        Type.Object({ at: Type.String(), by: Type.Object({ id: Type.String(), name: Type.String() }) }),
      ),
    },
    { examples: [topicExample] },
  ),
)

export const TopicPage = pageOf(TopicSchema)

export const TopicQuery = Type.Object({
  ...PageQuery.properties,
  facet: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  status: Type.Optional(
    Type.Unsafe<(typeof TOPIC_STATUSES)[number]>(Type.String({ enum: [...TOPIC_STATUSES], default: 'open' })),
  ),
})

export const TopicParams = Type.Object({ id: Type.String() })

export const Acceptance = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Name of the label; created if it does not exist',
    }),
    facet: Type.Optional(
      Type.String({
        pattern: FACET_NAME,
        maxLength: 60,
        description: 'Facet of the label; by default that of the topic',
      }),
    ),
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    annotate: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Label its posts in the caller’s name, except those already labelled by an agent',
      }),
    ),
  },
  { additionalProperties: false, examples: [{ name: 'Decoder outage', annotate: true }] },
)

export const Dismissal = Type.Object(
  { reason: Type.Optional(Type.String({ maxLength: 2000 })) },
  { additionalProperties: false, examples: [{ reason: 'A campaign that is over' }] },
)
