import { Type } from 'typebox'
import type { LabelCost } from '../../learning/risk/costs.ts'
import { pageOf } from '../../platform/page-schema.ts'
import type { Sentences } from '../../text/wording.ts'
import { Gate, gateExample, Share } from '../gate/gate-schemas.ts'
import { StandingSchema, standingExample } from './standing-schemas.ts'

const versionExample = {
  facet: 'category',
  version: 3,
  status: 'active',
  reason:
    'Activated: 84.2% of 231 threads correct in held-out predictions (cross-validation); no measurable difference from version 2 among 206 threads with held-out predictions (p = 0.33).',
  sentence: {
    en: 'Activated: 84.2% of 231 threads correct in held-out predictions (cross-validation); no measurable difference from version 2 among 206 threads with held-out predictions (p = 0.33).',
    fr: 'Activée\u00a0: 84,2\u00a0% de 231 discussions bien classées hors apprentissage (validation croisée)\u202f; aucune différence mesurable avec la version 2 parmi 206 discussions prédites hors apprentissage (p\u00a0=\u00a00,33).',
  },
  accuracy: 0.842,
  coverage: 0.614,
  labels: 11,
  trainedOn: 231,
  annotationsSeen: 50,
  artefactHash: '0f343b0931126a20f133d67c2b018a3b5f1a6d2c9e8b7a6f5d4c3b2a19080706',
  createdAt: '2026-01-15T09:30:00.000Z',
  activatedAt: '2026-01-15T09:30:00.000Z',
} as const
const figuresExample = {
  right: 194,
  accuracy: 0.842,
  macroF1: 0.811,
  coverage: 0.614,
  wrongAmongAssigned: 0.029,
  calibrationError: 0.041,
}
const reportExample = {
  seed: 1,
  riskBudget: 0.05,
  labels: 11,
  trainedOn: 231,
  unlabelled: 1200,
  encoded: 0,
  labelledByAgents: 50,
  temperature: 1.1,
  threshold: 0.72,
  heldOutSummary: { n: 231, accuracy: 0.83, coverage: 0.6, wrongAmongAssigned: 0.03, ece: 0.04 },
  evaluation: {
    basis: 'held-out',
    threads: 231,
    fingerprint: '9f86d081884c7d65',
    candidate: figuresExample,
    compared: {
      version: 2,
      threads: 206,
      candidate: { ...figuresExample, right: 174, accuracy: 0.845 },
      active: { ...figuresExample, right: 169, accuracy: 0.82 },
    },
    majority: { label: 'billing', right: 48, accuracy: 0.21 },
  },
  gate: gateExample,
  labelsReadAt: '2026-01-15T09:29:58.000Z',
  artefactBytes: 734_003,
  fitSeconds: 0.9,
}

const VersionNumber = (options: { readonly description?: string } = {}) =>
  Type.Integer({ minimum: 1, maximum: 999_999_999, ...options })

export const FacetParams = Type.Object({ facet: Type.String() })
export const VersionParams = Type.Object({
  facet: Type.String(),
  version: VersionNumber(),
})
export const CompareQuery = Type.Object({
  compare: Type.Optional(VersionNumber({ description: 'Version to compare with' })),
})

const SentencesSchema = Type.Unsafe<Sentences>(
  Type.Object(
    { en: Type.String(), fr: Type.String() },
    { description: 'The same in English and French; absent from versions trained by release 0.1' },
  ),
)

export const Version = Type.Object(
  {
    facet: Type.String(),
    version: Type.Integer(),
    status: Type.Union([
      Type.Literal('candidate'),
      Type.Literal('active'),
      Type.Literal('retired'),
      Type.Literal('rejected'),
    ]),
    reason: Type.String({ description: 'Reason of the gate’s decision' }),
    sentence: Type.Optional(SentencesSchema),
    accuracy: Share('Share of correct labels on the test threads'),
    coverage: Share('Share of test threads that were assigned a label'),
    labels: Type.Integer(),
    trainedOn: Type.Integer({ description: 'Threads in the training set' }),
    annotationsSeen: Type.Integer({ description: 'Annotations by agents when the training began' }),
    artefactHash: Type.String(),
    createdAt: Type.String(),
    activatedAt: Type.Optional(Type.String()),
    retiredAt: Type.Optional(Type.String()),
  },
  { examples: [versionExample] },
)
export const VersionPage = pageOf(Version)

const EvaluationFigures = Type.Object({
  right: Type.Integer(),
  accuracy: Share(),
  macroF1: Share(),
  coverage: Share('Share of threads assigned a label'),
  wrongAmongAssigned: Share('Share of wrong labels among assigned ones'),
  calibrationError: Share('Expected calibration error'),
})

const Compared = Type.Object(
  {
    version: Type.Integer({ description: 'Version that was active' }),
    threads: Type.Integer(),
    candidate: EvaluationFigures,
    active: EvaluationFigures,
  },
  { description: 'Both versions on the same threads, in held-out predictions' },
)

const Report = Type.Object({
  seed: Type.Integer(),
  riskBudget: Share(),
  labels: Type.Integer(),
  trainedOn: Type.Integer(),
  unlabelled: Type.Integer({ description: 'Unlabelled threads also used for training' }),
  encoded: Type.Optional(
    Type.Integer({ description: 'Texts that the optional encoder taught with; 0 where none is installed' }),
  ),
  encoderFault: Type.Optional(
    Type.String({ description: 'Why the optional encoder failed: the version was trained without it' }),
  ),
  labelledByAgents: Type.Integer(),
  temperature: Type.Number(),
  threshold: Type.Number({
    description:
      'Lowest confidence at which a label is assigned (with costs: 1 less the expected cost in units of the largest); above 1: never',
  }),
  costs: Type.Optional(
    Type.Unsafe<readonly LabelCost[]>(
      Type.Array(Type.Object({ truth: Type.String(), given: Type.String(), cost: Type.Number() }), {
        description: 'Costs that the version decides by; absent if all mistakes cost the same',
      }),
    ),
  ),
  heldOutSummary: Type.Object({
    n: Type.Integer(),
    accuracy: Share(),
    coverage: Share(),
    wrongAmongAssigned: Share(),
    meanCost: Type.Optional(Type.Number({ description: 'Mean cost of assigned labels, with costs' })),
    ece: Share(),
  }),
  evaluation: Type.Object({
    basis: Type.Union([Type.Literal('audit-slice'), Type.Literal('held-out')], {
      description:
        'Test threads: the audit slice or, if it is too small, held-out predictions on the training threads',
    }),
    threads: Type.Integer(),
    fingerprint: Type.String(),
    candidate: EvaluationFigures,
    compared: Type.Optional(Compared),
    majority: Type.Object({ label: Type.String(), right: Type.Integer(), accuracy: Share() }),
  }),
  gate: Gate,
  reason: Type.Optional(SentencesSchema),
  labelsReadAt: Type.String({ description: 'When the training began to read the labels' }),
  artefactBytes: Type.Integer(),
  fitSeconds: Type.Number(),
})

const Comparison = Type.Object({
  version: Type.Integer(),
  other: Type.Integer(),
  sameThreads: Type.Boolean({ description: 'Whether both versions were tested on the same threads' }),
  figures: EvaluationFigures,
  otherFigures: EvaluationFigures,
})

export const VersionDetails = Type.Object(
  {
    ...Version.properties,
    standing: Type.Optional(StandingSchema),
    report: Report,
    comparison: Type.Optional(Comparison),
  },
  { examples: [{ ...versionExample, standing: standingExample, report: reportExample }] },
)

export const ModelList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        facet: Type.String(),
        active: Type.Optional(Version),
        latest: Type.Optional(Version),
      }),
    ),
  },
  { examples: [{ items: [{ facet: 'category', active: versionExample, latest: versionExample }] }] },
)

export const TrainingRequested = Type.Object(
  { jobQueued: Type.Literal(true) },
  { examples: [{ jobQueued: true }] },
)
