import { Type } from 'typebox'
import { pageOf } from '../platform/page-schema.ts'

const Share = (description?: string) =>
  Type.Number({ minimum: 0, maximum: 1, ...(description !== undefined && { description }) })

const versionExample = {
  facet: 'category',
  version: 3,
  status: 'active',
  reason: 'Activated: 84.2 % of 57 held-out threads right; version 2, active until then, has 82.5 %.',
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
  right: 48,
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
  labelledByAgents: 50,
  temperature: 1.1,
  threshold: 0.72,
  outOfFold: { n: 231, accuracy: 0.83, coverage: 0.6, wrongAmongAssigned: 0.03, ece: 0.04 },
  holdOut: {
    threads: 57,
    fingerprint: '9f86d081884c7d65',
    candidate: figuresExample,
    active: { ...figuresExample, right: 47, accuracy: 0.825, version: 2 },
    majority: { label: 'billing', right: 12, accuracy: 0.21 },
  },
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
  compare: Type.Optional(VersionNumber({ description: 'Another version to put beside this one' })),
})

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
    reason: Type.String({ description: 'Why the gate let it through or did not' }),
    accuracy: Share('On the held-out threads of its training'),
    coverage: Share('Share of those that were assigned a label'),
    labels: Type.Integer(),
    trainedOn: Type.Integer({ description: 'Threads learned from' }),
    annotationsSeen: Type.Integer({ description: "Agents' verdicts when its training began" }),
    artefactHash: Type.String(),
    createdAt: Type.String(),
    activatedAt: Type.Optional(Type.String()),
    retiredAt: Type.Optional(Type.String()),
  },
  { examples: [versionExample] },
)
export const VersionPage = pageOf(Version)

const HoldOutFigures = Type.Object({
  right: Type.Integer(),
  accuracy: Share(),
  macroF1: Share(),
  coverage: Share('Share assigned a label'),
  wrongAmongAssigned: Share('Share of wrong labels among those'),
  calibrationError: Share('Expected calibration error'),
})

const Report = Type.Object({
  seed: Type.Integer(),
  riskBudget: Share(),
  labels: Type.Integer(),
  trainedOn: Type.Integer(),
  labelledByAgents: Type.Integer(),
  temperature: Type.Number(),
  threshold: Type.Number({ description: 'Least confidence at which a label is assigned; above 1: never' }),
  outOfFold: Type.Object({
    n: Type.Integer(),
    accuracy: Share(),
    coverage: Share(),
    wrongAmongAssigned: Share(),
    ece: Share(),
  }),
  holdOut: Type.Object({
    threads: Type.Integer(),
    fingerprint: Type.String(),
    candidate: HoldOutFigures,
    active: Type.Optional(Type.Intersect([HoldOutFigures, Type.Object({ version: Type.Integer() })])),
    majority: Type.Object({ label: Type.String(), right: Type.Integer(), accuracy: Share() }),
  }),
  artefactBytes: Type.Integer(),
  fitSeconds: Type.Number(),
})

const Comparison = Type.Object({
  version: Type.Integer(),
  other: Type.Integer(),
  sameHoldOut: Type.Boolean({ description: 'Whether both were judged on the same threads' }),
  figures: HoldOutFigures,
  otherFigures: HoldOutFigures,
})

export const VersionDetails = Type.Object(
  { ...Version.properties, report: Report, comparison: Type.Optional(Comparison) },
  { examples: [{ ...versionExample, report: reportExample }] },
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
