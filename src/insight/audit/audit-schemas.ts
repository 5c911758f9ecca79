import { Type } from 'typebox'
import { coverageExample, FacetName, SentencesSchema, Share, shareExample } from '../schema-parts.ts'
import type { AuditReport } from './audit-report.ts'

const Time = (description: string) => Type.Optional(Type.String({ maxLength: 40, description }))

export const AuditQuery = Type.Object({
  facet: FacetName,
  from: Time('Start of the period, such as 2026-01-31 or 2026-01-31T09:30:00Z'),
  to: Time('End of the period (exclusive)'),
  judged: Type.Optional(
    Type.Unsafe<AuditReport['judged']>(
      Type.String({
        enum: ['routed', 'active'],
        default: 'routed',
        description:
          '`routed`: the predictions made when a thread was drawn; `active`: those of the active version on the same threads',
      }),
    ),
  ),
})

const figures = {
  drawn: Type.Integer({ description: 'Threads drawn for which there is a prediction' }),
  setAside: Type.Integer({
    description:
      'Threads left out because the version may have learned from them: labelled before they were drawn, and the version trained after that',
  }),
  setAsideLabelled: Type.Integer({ description: 'Those left out that were labelled blind' }),
  labelled: Type.Integer({ description: 'Threads labelled blind, without those left out' }),
  accuracy: Share('Share of correct labels, assigned or not, among labelled threads'),
  coverage: Share('Share of threads assigned a label, among those drawn'),
  wrongAmongAssigned: Share('Share of wrong labels among assigned and labelled threads'),
  misroutes: Share('Share of threads sent to a destination other than their true labels give'),
  misroutesByWrongLabel: Share(
    'Share of threads sent to the wrong destination because of a wrong label, not because the model abstained',
  ),
}

const figuresExample = {
  drawn: 120,
  setAside: 0,
  setAsideLabelled: 0,
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
  unpredicted: 0,
  reportedMisroutes: 4,
  summary: {
    en: '“category”: 96 of 120 threads drawn at random were labelled blind. Correct: 84.4% (95% interval 75.8–90.3%).',
    fr: '«\u00a0category\u00a0»\u00a0: 96 sur 120 discussions tirées au sort ont été étiquetées à l’aveugle. Prédictions correctes\u00a0: 84,4\u00a0% (intervalle à 95\u00a0%\u00a0: de 75,8 à 90,3\u00a0%).',
  },
}

export const AuditReportSchema = Type.Unsafe<AuditReport>(
  Type.Object(
    {
      facet: Type.String(),
      judged: Type.String(),
      from: Type.Optional(Type.String()),
      to: Type.Optional(Type.String()),
      versions: Type.Array(Type.Integer(), { description: 'Model versions whose predictions are measured' }),
      figures: Type.Object(figures),
      languages: Type.Array(Type.Object({ language: Type.String(), ...figures }), {
        description: 'Languages with at least 10 labelled threads',
      }),
      labels: Type.Array(
        Type.Object({
          label: Type.String(),
          recall: Share('Share of threads with this label by agents that the model gave this label'),
          wrongAmongAssigned: Share('Share of threads assigned this label that agents labelled otherwise'),
        }),
        { description: 'Labels with at least 10 threads' },
      ),
      unpredicted: Type.Integer({
        description: 'Drawn threads that were labelled blind and have no prediction to judge; 0 in a period',
      }),
      reportedMisroutes: Type.Integer({
        description: 'Threads reported as misrouted in the period, whether drawn or not',
      }),
      summary: SentencesSchema,
    },
    { examples: [auditExample] },
  ),
)
