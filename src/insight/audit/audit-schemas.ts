import { Type } from 'typebox'
import { coverageExample, FacetName, SentencesSchema, Share, shareExample } from '../schema-parts.ts'
import type { AuditReport } from './audit-report.ts'

const Time = (description: string) => Type.Optional(Type.String({ maxLength: 40, description }))

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

const figuresExample = {
  drawn: 120,
  setAside: 0,
  labelled: 96,
  accuracy: shareExample,
  coverage: coverageExample,
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
    fr: '«\u00a0category\u00a0»\u00a0: 96 des 120 fils tirés au sort ont été étiquetés à l’aveugle. Justes\u00a0: 84,4\u00a0% (intervalle à 95\u00a0%\u00a0: de 75,8 à 90,3\u00a0%).',
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
