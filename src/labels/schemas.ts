import { Type } from 'typebox'
import { pageOf } from '../platform/page-schema.ts'
import { FACET_NAME, LEAST_PROTECTION, LONGEST_LABEL } from './facet.ts'

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

const FacetName = Type.String({ pattern: FACET_NAME, maxLength: 60, description: 'Name in kebab-case' })
const LabelName = Type.String({ minLength: 1, maxLength: LONGEST_LABEL })
const Description = Type.String({ maxLength: 2000 })
const RiskBudget = Type.Number({
  minimum: 0,
  maximum: 1,
  description: 'Risk budget: the largest share of wrong labels among those that a model assigns',
})

const ProtectFrom = Type.Number({ minimum: LEAST_PROTECTION, maximum: 1 })

const RequireParity = Type.Boolean({
  description:
    'Whether the gate rejects a model that is significantly less accurate in one of French and English',
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
      description: 'Risk budget of this label; if absent, that of the facet applies',
    }),
    protectFrom: Type.Optional({
      ...ProtectFrom,
      description: 'Least probability from which the label protects threads; if absent, it protects none',
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
      description: 'Threads with a ruling for this label that the caller may see',
    }),
  },
  { examples: [guidelineExample] },
)

export const GuidedLabel = Type.Object(
  {
    ...Label.properties,
    guidelines: Type.Array(Guideline, { description: 'Guidelines from rulings' }),
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
        description: 'Risk budget of this label; null returns to that of the facet',
      }),
    ),
    protectFrom: Type.Optional(
      Type.Union([ProtectFrom, Type.Null()], {
        description:
          'Protects threads with this label: always where it is in force, else from this probability on. Null ends that',
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
    blind: Type.Boolean({ description: 'Made without seeing a prediction' }),
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
    blind: Type.Optional(Type.Boolean({ description: 'Made without seeing a prediction' })),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  {
    additionalProperties: false,
    examples: [{ facet: 'category', label: 'billing', note: 'The charge is on the June invoice' }],
  },
)

export const NewAnnotations = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        { threadId: Type.String({ minLength: 1, maxLength: 100 }), ...NewAnnotation.properties },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 100 },
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        items: [
          { threadId: 'thr_7h2k9m4p6r8t1v3x', facet: 'category', label: 'billing' },
          { threadId: 'thr_3m5v7x2r4t6b8n0q', facet: 'category', label: 'billing' },
        ],
      },
    ],
  },
)
export const AnnotationIds = Type.Object(
  {
    ids: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
    }),
  },
  { additionalProperties: false, examples: [{ ids: [annotationExample.id] }] },
)
export const AnnotationList = Type.Object(
  { items: Type.Array(Annotation) },
  { examples: [{ items: [annotationExample] }] },
)

const Interval = Type.Optional(
  Type.Object(
    { low: Type.Number(), high: Type.Number() },
    { description: '95% interval (bootstrap over threads)' },
  ),
)
const Alpha = Type.Optional(
  Type.Number({
    description: 'At most 1; 0 is agreement by chance. Absent if there is nothing to compare',
  }),
)

export const Agreement = Type.Object(
  {
    facet: Type.String(),
    threads: Type.Integer({ description: 'Threads labelled blind by at least two agents' }),
    agents: Type.Integer(),
    ratings: Type.Integer({ description: 'The latest annotation of each agent on each thread' }),
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
