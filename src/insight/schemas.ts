import { Type } from 'typebox'
import { PageQuery, pageOf } from '../platform/page-schema.ts'
import type { Alert } from './alert.ts'
import type { AuditReport } from './audit-report.ts'
import type { ParityReport } from './parity-report.ts'

const FacetName = Type.Optional(Type.String({ minLength: 1, maxLength: 60, default: 'category' }))
const Time = (description: string) => Type.Optional(Type.String({ maxLength: 40, description }))

export const FacetQuery = Type.Object({ facet: FacetName })

export const AuditQuery = Type.Object({
  facet: FacetName,
  from: Time('First moment of the period, as 2026-01-31 or 2026-01-31T09:30:00Z'),
  to: Time('First moment after the period'),
  judged: Type.Optional(
    Type.Unsafe<AuditReport['judged']>(
      Type.String({
        enum: ['routed', 'active'],
        default: 'routed',
        description:
          'What was predicted when a thread was drawn, or what the version in force says of the same threads',
      }),
    ),
  ),
})

const Interval = Type.Array(Type.Number(), { minItems: 2, maxItems: 2, description: '95 % interval' })
const Share = (description: string) =>
  Type.Object(
    {
      count: Type.Integer(),
      of: Type.Integer(),
      share: Type.Optional(Type.Number({ description: 'Absent where there is nothing to be a share of' })),
      interval: Interval,
    },
    { description },
  )
const SentencesSchema = Type.Object({ en: Type.String(), fr: Type.String() })

const figures = {
  drawn: Type.Integer({ description: 'Threads drawn that the model has spoken on' }),
  setAside: Type.Integer({
    description: 'Labelled before they were drawn, by a version made after that: no test of it',
  }),
  labelled: Type.Integer({ description: 'Labelled blind' }),
  accuracy: Share('Right labels, assigned or not, among those labelled'),
  coverage: Share('Assigned a label, among those drawn'),
  wrongAmongAssigned: Share('Wrong labels among those assigned and labelled'),
  misroutes: Share('Sent to a destination that the true labels would not give'),
  misroutesByWrongLabel: Share('Sent there by a wrong label, not because the model was unsure'),
}

const shareExample = { count: 81, of: 96, share: 0.844, interval: [0.758, 0.903] as const }
const figuresExample = {
  drawn: 120,
  setAside: 0,
  labelled: 96,
  accuracy: shareExample,
  coverage: { count: 74, of: 120, share: 0.617, interval: [0.528, 0.699] as const },
  wrongAmongAssigned: { count: 2, of: 59, share: 0.034, interval: [0.009, 0.115] as const },
  misroutes: { count: 5, of: 96, share: 0.052, interval: [0.022, 0.116] as const },
  misroutesByWrongLabel: { count: 2, of: 96, share: 0.021, interval: [0.006, 0.073] as const },
}
const auditExample: AuditReport = {
  facet: 'category',
  judged: 'routed',
  from: '2026-01-01T00:00:00.000Z',
  versions: [3, 4],
  figures: figuresExample,
  languages: [{ language: 'fr', ...figuresExample }],
  labels: [{ label: 'billing', recall: shareExample, wrongAmongAssigned: figuresExample.wrongAmongAssigned }],
  reportedMisroutes: 4,
  summary: {
    en: '“category”: 96 of 120 threads drawn at random were labelled blind. Right: 84.4% (95% interval 75.8–90.3%).',
    fr: '«\u00a0category\u00a0»\u00a0: 96 des 120 fils tirés au sort ont été étiquetés à l’aveugle. Justes\u00a0: 84,4\u00a0% (intervalle à 95\u00a0%\u00a0: 75,8 à 90,3\u00a0%).',
  },
}

export const AuditReportSchema = Type.Unsafe<AuditReport>(
  Type.Object(
    {
      facet: Type.String(),
      judged: Type.String(),
      from: Type.Optional(Type.String()),
      to: Type.Optional(Type.String()),
      versions: Type.Array(Type.Integer(), { description: 'Whose predictions are judged' }),
      figures: Type.Object(figures),
      languages: Type.Array(Type.Object({ language: Type.String(), ...figures }), {
        description: 'Those with at least 10 labelled threads',
      }),
      labels: Type.Array(
        Type.Object({
          label: Type.String(),
          recall: Share('Given this label by the model, among those that agents gave it'),
          wrongAmongAssigned: Share('Labelled otherwise by agents, among those assigned it'),
        }),
        { description: 'Those of at least 10 threads' },
      ),
      reportedMisroutes: Type.Integer({
        description: 'Threads, drawn or not, that someone reported in the period',
      }),
      summary: SentencesSchema,
    },
    { examples: [auditExample] },
  ),
)

const findingExample = {
  measure: 'accuracy',
  difference: -0.12,
  interval: [-0.19, -0.05] as const,
} as const
const summaryExample = {
  en: '“category”: accuracy is 12.0 points lower in French than in English (95% interval 5.0 to 19.0).',
  fr: '«\u00a0category\u00a0»\u00a0: l’exactitude est inférieure de 12,0\u00a0points en français à ce qu’elle est en anglais (intervalle à 95\u00a0%\u00a0: 5,0 à 19,0).',
}
const languageExample = {
  cases: 96,
  accuracy: shareExample,
  coverage: figuresExample.coverage,
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
    description: 'Calibration is compared by mean confidence less accuracy',
  }),
  difference: Type.Number({ description: 'French less English' }),
  interval: Interval,
}
const Basis = Type.String({
  enum: ['audit-slice', 'out-of-fold'],
  description: 'Threads drawn and labelled blind, or those learned from while these are too few',
})

export const ParityReportSchema = Type.Unsafe<ParityReport>(
  Type.Object(
    {
      facet: Type.String(),
      version: Type.Optional(Type.Integer({ description: 'The version in force' })),
      basis: Basis,
      languages: Type.Array(
        Type.Object({
          language: Type.String({ enum: ['fr', 'en'] }),
          cases: Type.Integer(),
          accuracy: Share('Right labels'),
          coverage: Share('Assigned a label'),
          calibration: Type.Optional(
            Type.Object({
              measured: Type.Number({ description: 'Expected calibration error' }),
              byChance: Type.Number({ description: 'What a perfectly calibrated model would measure' }),
              interval: Interval,
            }),
          ),
          overconfidence: Type.Number({ description: 'Mean confidence less accuracy' }),
        }),
      ),
      differences: Type.Array(
        Type.Object({
          ...difference,
          p: Type.Number(),
          adjusted: Type.Number({ description: 'For being one of several (Holm)' }),
        }),
        { description: 'None with fewer than 30 threads of either language' },
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

export const AlertSchema = Type.Unsafe<Alert>(
  Type.Object(
    {
      id: Type.String(),
      kind: Type.String({ enum: ['parity'] }),
      facet: Type.String(),
      version: Type.Integer(),
      ...difference,
      p: Type.Number(),
      level: Type.Number({ description: 'What p had to be at most; it falls with each look at a version' }),
      basis: Basis,
      cases: Type.Object({ fr: Type.Integer(), en: Type.Integer() }),
      summary: SentencesSchema,
      raisedAt: Type.String(),
      settledAt: Type.Optional(Type.String({ description: 'When another version was in force' })),
    },
    { examples: [alertExample] },
  ),
)
export const AlertPage = pageOf(AlertSchema)

export const AlertQuery = Type.Object({
  ...PageQuery.properties,
  facet: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: 'All facets unless told' })),
  settled: Type.Optional(
    Type.Boolean({ default: false, description: 'Those settled instead of those open' }),
  ),
})
