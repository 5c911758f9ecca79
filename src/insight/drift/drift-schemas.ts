import { Type } from 'typebox'
import { DRIFT_KINDS } from '../../learning/drift/measure-drift.ts'
import { pageOf } from '../../platform/page-schema.ts'
import { ExampleSchema, exampleThread, SentencesSchema } from '../schema-parts.ts'
import type { PresentedReport } from './present-report.ts'

const estimate = (share: number, low: number, high: number) => ({ share, low, high })

const reportExample: PresentedReport = {
  id: 'dft_7h2k9m4p6r8t1v3x',
  facet: 'category',
  modelVersion: 4,
  day: '2026-01-15',
  measuredAt: '2026-01-15T02:00:01.000Z',
  window: { since: '2026-01-08T02:00:00.000Z', until: '2026-01-15T02:00:00.000Z', days: 7 },
  alarms: [
    {
      scope: 'all',
      kind: 'vocabulary',
      p: 1.2e-9,
      statement:
        '7.9% of the words in posts are unknown to the model, compared with 3.1% before. More frequent words: “decoder” (31, 2 before).',
      sentence: {
        en: '7.9% of the words in posts are unknown to the model, compared with 3.1% before. More frequent words: “decoder” (31, 2 before).',
        fr: '7,9\u00a0% des mots des messages sont inconnus du modèle, contre 3,1\u00a0% auparavant. Mots plus fréquents\u00a0: «\u00a0decoder\u00a0» (31, contre 2).',
      },
    },
  ],
  scopes: [
    {
      scope: 'all',
      status: 'measured',
      posts: 210,
      referencePosts: 2400,
      figures: {
        vocabulary: {
          unknownShare: { before: 0.031, now: 0.079 },
          effect: 0.61,
          p: 4e-7,
          risen: [
            { word: 'decoder', now: 31, before: 2, strength: 129.4, p: 1.1e-10, examples: [exampleThread] },
          ],
          examples: [exampleThread],
        },
        labels: {
          g: 11.2,
          df: 7,
          p: 0.13,
          psi: 0.06,
          psiByChance: 0.036,
          divergence: 0.01,
          shifts: [
            {
              label: 'television',
              before: estimate(0.11, 0.1, 0.12),
              now: estimate(0.16, 0.12, 0.22),
              p: 0.21,
              examples: [exampleThread],
            },
          ],
        },
        confidence: { median: { before: 0.93, now: 0.9 }, effect: 0.54, p: 0.03, examples: [exampleThread] },
        coverage: { before: estimate(0.88, 0.86, 0.89), now: estimate(0.85, 0.8, 0.89), p: 0.12 },
      },
    },
    { scope: 'fr', status: 'too-few-posts', posts: 21, referencePosts: 300 },
  ],
  summary: {
    en: 'The 210 posts of the last 7 days differ from those that the model knows: 1 change.',
    fr: 'Les 210 messages des 7 derniers jours diffèrent de ceux que le modèle connaît\u00a0: 1 changement.',
  },
}

const P = Type.Number({ description: 'p-value: probability of a difference at least this large by chance' })
const Effect = Type.Number({ description: 'Effect size: 0.5 means no difference, 1 is the largest' })
const Estimate = Type.Object(
  { share: Type.Number(), low: Type.Number(), high: Type.Number() },
  { description: 'With a 95% interval' },
)
const BeforeAndNow = Type.Object({ before: Type.Number(), now: Type.Number() })
const Examples = Type.Array(ExampleSchema)
const Scope = Type.String({ enum: ['all', 'fr', 'en'] })

const Figures = Type.Object({
  vocabulary: Type.Object({
    unknownShare: BeforeAndNow,
    effect: Effect,
    p: P,
    risen: Type.Array(
      Type.Object({
        word: Type.String(),
        now: Type.Integer({ description: 'Posts that contain the word' }),
        before: Type.Integer(),
        strength: Type.Number({ description: 'Log-likelihood ratio' }),
        p: P,
        examples: Examples,
      }),
    ),
    examples: Examples,
  }),
  labels: Type.Object({
    g: Type.Number({ description: 'Likelihood-ratio statistic' }),
    df: Type.Integer(),
    p: P,
    psi: Type.Number({ description: 'Population stability index' }),
    psiByChance: Type.Number({ description: 'Population stability index to expect without any change' }),
    divergence: Type.Number({ description: 'Jensen–Shannon divergence, in bits' }),
    shifts: Type.Array(
      Type.Object({ label: Type.String(), before: Estimate, now: Estimate, p: P, examples: Examples }),
    ),
  }),
  confidence: Type.Object({ median: BeforeAndNow, effect: Effect, p: P, examples: Examples }),
  coverage: Type.Object({ before: Estimate, now: Estimate, p: P }),
})

const ReportSchema = Type.Unsafe<PresentedReport>(
  Type.Object(
    {
      id: Type.String(),
      facet: Type.String(),
      modelVersion: Type.Integer(),
      day: Type.String({ description: 'UTC' }),
      measuredAt: Type.String(),
      window: Type.Object({ since: Type.String(), until: Type.String(), days: Type.Integer() }),
      alarms: Type.Array(
        Type.Object({
          scope: Scope,
          kind: Type.String({ enum: [...DRIFT_KINDS] }),
          p: P,
          statement: Type.String({ description: 'The sentence in English' }),
          sentence: SentencesSchema,
        }),
        { description: 'Changes that are significant and large enough to matter' },
      ),
      scopes: Type.Array(
        Type.Object({
          scope: Scope,
          status: Type.String({ enum: ['measured', 'too-few-posts'] }),
          posts: Type.Integer(),
          referencePosts: Type.Integer({
            description: 'Earlier posts that the model did not learn from',
          }),
          figures: Type.Optional(Figures),
        }),
      ),
      summary: SentencesSchema,
    },
    { examples: [reportExample] },
  ),
)

export const ReportPage = pageOf(ReportSchema)

export const ReportQuery = Type.Object({
  facet: Type.Optional(Type.String({ minLength: 1, maxLength: 60, default: 'category' })),
  cursor: Type.Optional(Type.String({ maxLength: 500, description: '`next` of the previous page' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 31, default: 7 })),
})

export const MeasuringRequest = Type.Object(
  { facet: Type.Optional(Type.String({ minLength: 1, maxLength: 60, default: 'category' })) },
  { additionalProperties: false, examples: [{ facet: 'category' }] },
)

export const MeasuringRequested = Type.Object(
  { jobQueued: Type.Boolean() },
  { examples: [{ jobQueued: true }] },
)
