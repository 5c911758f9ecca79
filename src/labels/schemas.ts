import { Type } from 'typebox'
import { pageOf } from '../platform/page-schema.ts'
import { FACET_NAME, LONGEST_LABEL } from './facet.ts'

const facetExample = {
  name: 'urgency',
  description: 'How soon someone must act',
  riskBudget: 0.05,
  requireParity: false,
}
const labelExample = { name: 'billing', description: 'Invoices, payments and refunds' }
const annotationExample = {
  id: 'ann_01k9zq3c8m5v7x2r4t6b8n0q',
  threadId: 'thr_7h2k9m4p6r8t1v3x',
  facet: 'category',
  label: 'billing',
  provenance: 'agent',
  blind: false,
  actor: { id: 'key_01k9zq0000000000000000aa', name: 'demo agent' },
  note: 'The charge is on the June invoice',
  createdAt: '2026-01-15T09:30:00.000Z',
} as const

const FacetName = Type.String({ pattern: FACET_NAME, maxLength: 60, description: 'in kebab-case' })
const LabelName = Type.String({ minLength: 1, maxLength: LONGEST_LABEL })
const Description = Type.String({ maxLength: 2000 })
const RiskBudget = Type.Number({
  minimum: 0,
  maximum: 1,
  description: 'Largest share of wrong labels wanted among those a model assigns',
})

const RequireParity = Type.Boolean({
  description:
    'Whether a model that is more accurate in French than in English, or the other way round, beyond chance, is refused',
})

export const FacetParams = Type.Object({ facet: Type.String() })
export const LabelParams = Type.Object({ facet: Type.String(), label: Type.String() })
export const ThreadParams = Type.Object({ id: Type.String() })
export const AnnotationParams = Type.Object({ id: Type.String() })

export const Facet = Type.Object(
  { name: Type.String(), description: Type.String(), riskBudget: RiskBudget, requireParity: RequireParity },
  { examples: [facetExample] },
)
export const FacetList = Type.Object({ items: Type.Array(Facet) }, { examples: [{ items: [facetExample] }] })
export const NewFacet = Type.Object(
  {
    name: FacetName,
    description: Type.Optional(Description),
    riskBudget: Type.Optional(RiskBudget),
    requireParity: Type.Optional(RequireParity),
  },
  { additionalProperties: false, examples: [facetExample] },
)
export const FacetChange = Type.Object(
  {
    description: Type.Optional(Description),
    riskBudget: Type.Optional(RiskBudget),
    requireParity: Type.Optional(RequireParity),
  },
  { additionalProperties: false, minProperties: 1, examples: [{ riskBudget: 0.02, requireParity: true }] },
)

export const Label = Type.Object(
  {
    name: Type.String(),
    description: Type.String(),
    riskBudget: Type.Optional({
      ...RiskBudget,
      description: 'Of this label alone; absent: that of the facet',
    }),
  },
  { examples: [labelExample] },
)
const guidelineExample = {
  id: 'gdl_5v7x2r4t6b8n0q3c',
  text: 'A charge seen twice is billing, also when the contract was changed in the same month',
  examples: [{ threadId: 'thr_7h2k9m4p6r8t1v3x', title: 'Charged twice this month' }],
}

export const guidedLabelExample = { ...labelExample, guidelines: [guidelineExample] }

const Guideline = Type.Object(
  {
    id: Type.String(),
    text: Type.String(),
    examples: Type.Array(Type.Object({ threadId: Type.String(), title: Type.String() }), {
      description: 'Threads it was ruled on, as far as the caller may see them',
    }),
  },
  { examples: [guidelineExample] },
)

export const GuidedLabel = Type.Object(
  {
    ...Label.properties,
    guidelines: Type.Array(Guideline, { description: 'What rulings taught about it' }),
  },
  { examples: [guidedLabelExample] },
)
export const LabelPage = pageOf(GuidedLabel)
export const NewLabel = Type.Object(
  { name: LabelName, description: Type.Optional(Description) },
  { additionalProperties: false, examples: [labelExample] },
)
export const LabelChange = Type.Object(
  {
    description: Type.Optional(Description),
    riskBudget: Type.Optional(
      Type.Union([RiskBudget, Type.Null()], {
        description: 'Of this label alone; null: that of the facet again',
      }),
    ),
  },
  { additionalProperties: false, minProperties: 1, examples: [{ riskBudget: 0.02 }] },
)

const Person = Type.Object({ id: Type.String(), name: Type.String() })

export const Annotation = Type.Object(
  {
    id: Type.String(),
    threadId: Type.String(),
    facet: Type.String(),
    label: Type.String(),
    provenance: Type.Union([Type.Literal('ruling'), Type.Literal('agent'), Type.Literal('import')]),
    blind: Type.Boolean({ description: 'Given without having seen a prediction' }),
    actor: Person,
    note: Type.Optional(Type.String()),
    createdAt: Type.String(),
    revoked: Type.Optional(Type.Object({ at: Type.String(), actor: Person })),
  },
  { examples: [annotationExample] },
)
export const AnnotationHistory = Type.Object(
  { items: Type.Array(Annotation) },
  { examples: [{ items: [annotationExample] }] },
)
export const NewAnnotation = Type.Object(
  {
    facet: Type.String({ minLength: 1, maxLength: 60 }),
    label: LabelName,
    blind: Type.Optional(Type.Boolean({ description: 'Given without having seen a prediction' })),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  {
    additionalProperties: false,
    examples: [{ facet: 'category', label: 'billing', note: 'The charge is on the June invoice' }],
  },
)

const Interval = Type.Optional(
  Type.Object(
    { low: Type.Number(), high: Type.Number() },
    { description: '95 % interval (bootstrap over threads)' },
  ),
)
const Alpha = Type.Optional(
  Type.Number({
    description: 'At most 1; 0 is what chance would give. Absent where there is nothing to compare',
  }),
)

export const Agreement = Type.Object(
  {
    facet: Type.String(),
    threads: Type.Integer({ description: 'Threads that at least two agents labelled blind' }),
    agents: Type.Integer(),
    ratings: Type.Integer({ description: 'Of each agent on a thread the latest counts' }),
    alpha: Alpha,
    interval: Interval,
    labels: Type.Array(
      Type.Object({ label: Type.String(), ratings: Type.Integer(), alpha: Alpha, interval: Interval }),
      { description: 'Each label against all others' },
    ),
  },
  {
    examples: [
      {
        facet: 'category',
        threads: 84,
        agents: 5,
        ratings: 176,
        alpha: 0.81,
        interval: { low: 0.73, high: 0.88 },
        labels: [{ label: 'billing', ratings: 31, alpha: 0.9, interval: { low: 0.77, high: 1 } }],
      },
    ],
  },
)
