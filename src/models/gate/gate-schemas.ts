import { Type } from 'typebox'
import type { GateEvidence } from './gate-evidence.ts'

export const Share = (description?: string) => Type.Number({ minimum: 0, maximum: 1, description })

export const gateExample: GateEvidence = {
  version: 2,
  tests: [
    {
      on: 'held-out',
      scope: 'all',
      threads: 206,
      lost: 6,
      gained: 11,
      p: 0.928,
      adjusted: 1,
    },
    {
      on: 'held-out',
      scope: 'language',
      name: 'fr',
      threads: 104,
      lost: 4,
      gained: 3,
      p: 0.5,
      adjusted: 1,
    },
  ],
  parity: {
    french: { threads: 104, right: 86 },
    english: { threads: 102, right: 88 },
    p: 0.566,
    before: { french: 87, english: 82 },
    differs: false,
  },
}

const GateTest = Type.Object({
  on: Type.Union(
    [
      Type.Literal('held-out'),
      Type.Literal('audit-slice'),
      Type.Literal('recent'),
      Type.Literal('relabelled'),
    ],
    {
      description:
        'Test threads: with held-out predictions of both versions; in the audit slice; first labelled since; or relabelled since, comparing old and new labels',
    },
  ),
  scope: Type.Union([Type.Literal('all'), Type.Literal('language'), Type.Literal('label')]),
  name: Type.Optional(Type.String({ description: 'Name of the language or label' })),
  threads: Type.Integer(),
  lost: Type.Integer({ description: 'Correct before, wrong now' }),
  gained: Type.Integer({ description: 'Wrong before, correct now' }),
  p: Share('p-value of an exact one-sided McNemar test'),
  adjusted: Share('p-value adjusted for several tests (Holm)'),
  again: Type.Optional(
    Type.Object(
      { lost: Type.Integer(), gained: Type.Integer(), p: Share() },
      {
        description:
          'Second test after a failed one: the same test with models trained on the labels of then and of now',
      },
    ),
  ),
  refusal: Type.Optional(
    Type.Union([Type.Literal('test'), Type.Literal('drop')], {
      description:
        'Why the test rejects the version: adjusted p < 0.05, or accuracy more than one point lower',
    }),
  ),
})

const Counted = Type.Object({ threads: Type.Integer(), right: Type.Integer() })

export const Gate = Type.Unsafe<GateEvidence>(
  Type.Object(
    {
      version: Type.Optional(Type.Integer({ description: 'Version it is compared with' })),
      tests: Type.Array(GateTest),
      parity: Type.Optional(
        Type.Object({
          french: Counted,
          english: Counted,
          p: Share('p-value of Fisher’s exact test, two-sided'),
          before: Type.Optional(Type.Object({ french: Type.Integer(), english: Type.Integer() })),
          differs: Type.Boolean({
            description:
              'The difference is significant and larger than that of the version it is compared with',
          }),
        }),
      ),
    },
    { description: 'Results of the gate' },
  ),
)
