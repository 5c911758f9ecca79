import { Type } from 'typebox'
import { Annotation, GuidedLabel, guidedLabelExample } from '../../labels/schemas.ts'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import { GROUNDS, type GroundKind, type ShownConflict } from './conflict.ts'

const conflictExample: ShownConflict = {
  id: 'cfl_01k9zq3c8m5v7x2r4t6b8n0q',
  facet: 'category',
  threadId: 'thr_7h2k9m4p6r8t1v3x',
  title: 'Charged twice this month',
  excerpt: 'My invoice shows the subscription twice. How do I get the second payment back?',
  language: 'en',
  source: 'forum',
  label: 'contract',
  provenance: 'agent',
  grounds: [
    {
      kind: 'ratings',
      ratings: [
        {
          label: 'billing',
          annotationId: 'ann_01k9zq3c8m5v7x2r4t6b8n0q',
          actor: { id: 'key_01k9zq0000000000000000aa', name: 'demo agent' },
          createdAt: '2026-01-15T09:30:00.000Z',
        },
        {
          label: 'contract',
          annotationId: 'ann_01k9zq9f2c5v7x2r4t6b8n0q',
          actor: { id: 'key_01k9zq0000000000000000bb', name: 'second agent' },
          createdAt: '2026-01-15T10:05:00.000Z',
        },
      ],
    },
    { kind: 'suspect', likely: 'billing', ownConfidence: 0.02 },
    {
      kind: 'near-duplicate',
      threadId: 'thr_3m5v7x2r4t6b8n0q',
      title: 'Billed twice',
      label: 'billing',
      likeness: 0.94,
    },
  ],
  annotations: [
    {
      id: 'ann_01k9zq9f2c5v7x2r4t6b8n0q',
      label: 'contract',
      provenance: 'agent',
      blind: true,
      actor: { id: 'key_01k9zq0000000000000000bb', name: 'second agent' },
      note: 'The contract was changed this month',
      createdAt: '2026-01-15T10:05:00.000Z',
    },
  ],
  labels: [guidedLabelExample],
  openedAt: '2026-01-15T10:05:01.000Z',
  path: '/api/threads/thr_7h2k9m4p6r8t1v3x',
}

const GroundKindSchema = Type.Unsafe<GroundKind>(
  Type.String({
    enum: [...GROUNDS],
    description:
      'Reason of the conflict: `dispute`, an agent finds its label or the guidelines wrong; `ratings`, blind annotations differ; `suspect`, the label is improbable; `near-duplicate`, a thread with nearly the same question has another label',
  }),
)
const Share = Type.Number({ minimum: 0, maximum: 1 })
const Person = Type.Object({ id: Type.String(), name: Type.String() })

const Ground = Type.Object({
  kind: GroundKindSchema,
  disputes: Type.Optional(
    Type.Array(Type.Object({ reason: Type.String(), actor: Person, createdAt: Type.String() }), {
      description: 'For `dispute`: what agents find wrong, the earliest first',
    }),
  ),
  ratings: Type.Optional(
    Type.Array(
      Type.Object({
        label: Type.String(),
        annotationId: Type.String(),
        actor: Person,
        createdAt: Type.String(),
      }),
      { description: 'For `ratings`: the latest blind annotation of each agent' },
    ),
  ),
  likely: Type.Optional(Type.String({ description: 'For `suspect`: the likelier label' })),
  ownConfidence: Type.Optional(Share),
  threadId: Type.Optional(Type.String({ description: 'For `near-duplicate`: the other thread' })),
  title: Type.Optional(Type.String()),
  label: Type.Optional(Type.String({ description: 'For `near-duplicate`: the label of the other thread' })),
  likeness: Type.Optional(Share),
})

export const ConflictSchema = Type.Unsafe<ShownConflict>(
  Type.Object(
    {
      id: Type.String(),
      facet: Type.String(),
      threadId: Type.String(),
      title: Type.String(),
      excerpt: Type.String({ description: 'Beginning of the question as plain text' }),
      language: Type.String(),
      source: Type.String(),
      label: Type.Optional(Type.String({ description: 'Label in force' })),
      provenance: Type.Optional(Type.String({ enum: ['ruling', 'agent', 'import'] })),
      grounds: Type.Array(Ground),
      annotations: Type.Array(
        Type.Object({
          id: Type.String(),
          label: Type.String(),
          provenance: Type.String({ enum: ['ruling', 'agent', 'import'] }),
          blind: Type.Boolean(),
          actor: Person,
          note: Type.Optional(Type.String()),
          createdAt: Type.String(),
        }),
        { description: 'Annotations of the thread on the facet that are not revoked, latest first' },
      ),
      labels: Type.Array(GuidedLabel, {
        description: 'Labels that are given, likelier or of a near-duplicate, with their guidelines',
      }),
      openedAt: Type.String(),
      closed: Type.Optional(
        Type.Object({
          at: Type.String(),
          outcome: Type.String({ enum: ['ruled', 'resolved'] }),
          rulingId: Type.Optional(Type.String({ description: 'Annotation that is the ruling' })),
        }),
      ),
      path: Type.String({ description: 'Path of the whole thread' }),
    },
    { examples: [conflictExample] },
  ),
)

export const ConflictPage = pageOf(ConflictSchema)

export const ConflictParams = Type.Object({ id: Type.String() })

export const ConflictQuery = Type.Object({
  ...PageQuery.properties,
  facet: Type.Optional(
    Type.String({ minLength: 1, maxLength: 60, description: 'Only this facet; all by default' }),
  ),
  kind: Type.Optional(GroundKindSchema),
  closed: Type.Optional(
    Type.Boolean({ default: false, description: 'List closed conflicts instead of open ones' }),
  ),
})

export const NewRuling = Type.Object(
  {
    label: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    confirm: Type.Optional(Type.Boolean({ description: 'Instead of `label`: confirms the label in force' })),
    guideline: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2000,
        description: 'Guideline for the label, shown to agents from now on, with the thread as an example',
      }),
    ),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  {
    additionalProperties: false,
    examples: [
      {
        label: 'billing',
        guideline: 'A charge seen twice is billing, also when the contract was changed in the same month',
      },
    ],
  },
)

export const RuledConflictSchema = Type.Object({ conflict: ConflictSchema, ruling: Annotation })
