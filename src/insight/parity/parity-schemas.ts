import { Type } from 'typebox'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import type { Alert } from '../alerts/alert-store.ts'
import {
  coverageExample,
  FacetName,
  Interval,
  SentencesSchema,
  Share,
  shareExample,
} from '../schema-parts.ts'
import type { ParityReport } from './parity-report.ts'

export const FacetQuery = Type.Object({ facet: FacetName })

const findingExample = {
  measure: 'accuracy',
  difference: -0.12,
  interval: [-0.19, -0.05] as const,
} as const
const summaryExample = {
  en: '“category”: accuracy is 12.0 points lower in French than in English (95% interval 5.0 to 19.0).',
  fr: '«\u00a0category\u00a0»\u00a0: l’exactitude en français est inférieure de 12,0\u00a0points à ce qu’elle est en anglais (intervalle à 95\u00a0%\u00a0: de 5,0 à 19,0).',
}
const languageExample = {
  cases: 96,
  accuracy: shareExample,
  coverage: coverageExample,
  calibration: { measured: 0.05, byChance: 0.04, interval: [0, 0.09] as const },
  overconfidence: 0.02,
}
const parityExample: ParityReport = {
  facet: 'category',
  version: 4,
  basis: 'audit-slice',
  languages: [
    { language: 'fr', ...languageExample },
    { language: 'en', ...languageExample },
  ],
  differences: [{ ...findingExample, p: 0.002, adjusted: 0.006 }],
  summary: summaryExample,
}

const difference = {
  measure: Type.String({
    enum: ['accuracy', 'calibration', 'coverage'],
    description: 'Calibration is compared as mean confidence minus accuracy',
  }),
  difference: Type.Number({ description: 'French minus English' }),
  interval: Interval,
}
const Basis = Type.String({
  enum: ['audit-slice', 'held-out'],
  description:
    'Audit threads labelled blind, or held-out predictions on the training threads while those are too few',
})

export const ParityReportSchema = Type.Unsafe<ParityReport>(
  Type.Object(
    {
      facet: Type.String(),
      version: Type.Optional(Type.Integer({ description: 'The active version' })),
      basis: Basis,
      languages: Type.Array(
        Type.Object({
          language: Type.String({ enum: ['fr', 'en'] }),
          cases: Type.Integer(),
          accuracy: Share('Share of correct labels'),
          coverage: Share('Share of threads assigned a label'),
          calibration: Type.Optional(
            Type.Object({
              measured: Type.Number({ description: 'Expected calibration error' }),
              byChance: Type.Number({
                description: 'Expected calibration error of a perfectly calibrated model on as many threads',
              }),
              interval: Interval,
            }),
          ),
          overconfidence: Type.Number({ description: 'Mean confidence minus accuracy' }),
        }),
      ),
      differences: Type.Array(
        Type.Object({
          ...difference,
          p: Type.Number(),
          adjusted: Type.Number({ description: 'p-value adjusted for several tests (Holm)' }),
        }),
        { description: 'Empty with fewer than 30 threads in either language' },
      ),
      summary: SentencesSchema,
    },
    { examples: [parityExample] },
  ),
)

const alertExample: Alert = {
  id: 'alr_01k9zq3c8m5v7x2r4t6b8n0q',
  kind: 'parity',
  facet: 'category',
  version: 4,
  ...findingExample,
  p: 0.006,
  level: 0.025,
  basis: 'audit-slice',
  cases: { fr: 96, en: 110 },
  summary: summaryExample,
  raisedAt: '2026-01-15T09:30:00.000Z',
}

const AlertSchema = Type.Unsafe<Alert>(
  Type.Object(
    {
      id: Type.String(),
      kind: Type.String({
        enum: ['parity', 'refusal'],
        description:
          '`parity`: French and English differ, with the figures of the difference; `refusal`: the gate refused a version, with its reason in `summary`',
      }),
      facet: Type.String(),
      version: Type.Integer(),
      measure: Type.Optional(difference.measure),
      difference: Type.Optional(difference.difference),
      interval: Type.Optional(difference.interval),
      p: Type.Optional(Type.Number()),
      level: Type.Optional(
        Type.Number({
          description: 'Significance level of this check; it falls with each check of a version',
        }),
      ),
      basis: Type.Optional(Basis),
      cases: Type.Optional(Type.Object({ fr: Type.Integer(), en: Type.Integer() })),
      summary: SentencesSchema,
      raisedAt: Type.String(),
      resolvedAt: Type.Optional(
        Type.String({
          description:
            '`parity`: when another version became active; `refusal`: when a version was trained or activated after it',
        }),
      ),
    },
    { examples: [alertExample] },
  ),
)
export const AlertPage = pageOf(AlertSchema)

export const AlertQuery = Type.Object({
  ...PageQuery.properties,
  facet: Type.Optional(
    Type.String({ minLength: 1, maxLength: 60, description: 'Only this facet; all by default' }),
  ),
  resolved: Type.Optional(
    Type.Boolean({ default: false, description: 'List resolved alerts instead of open ones' }),
  ),
})
