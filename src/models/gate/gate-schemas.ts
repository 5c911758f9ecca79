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
        'Threads that both predicted while they had not learned from them; of the audit slice; first labelled since; labelled otherwise since, where old and new labels are compared',
    },
  ),
  scope: Type.Union([Type.Literal('all'), Type.Literal('language'), Type.Literal('label')]),
  name: Type.Optional(Type.String({ description: 'Of the language or label' })),
  threads: Type.Integer(),
  lost: Type.Integer({ description: 'Right before, wrong now' }),
  gained: Type.Integer({ description: 'Wrong before, right now' }),
  p: Share('Exact one-sided McNemar test'),
  adjusted: Share('For being one of several tests, after Holm'),
  again: Type.Optional(
    Type.Object(
      { lost: Type.Integer(), gained: Type.Integer(), p: Share() },
      {
        description: 'A second look at a refusal: the same test with the labels of then and now trained anew',
      },
    ),
  ),
  refusal: Type.Optional(
    Type.Union([Type.Literal('test'), Type.Literal('drop')], {
      description: 'Why it turns the version down: adjusted p < 0.05, or a drop of more than a point',
    }),
  ),
})

const Counted = Type.Object({ threads: Type.Integer(), right: Type.Integer() })

export const Gate = Type.Unsafe<GateEvidence>(
  Type.Object(
    {
      version: Type.Optional(Type.Integer({ description: 'The version compared with' })),
      tests: Type.Array(GateTest),
      parity: Type.Optional(
        Type.Object({
          french: Counted,
          english: Counted,
          p: Share("Fisher's exact test, two-sided"),
          before: Type.Optional(Type.Object({ french: Type.Integer(), english: Type.Integer() })),
          differs: Type.Boolean({ description: 'Beyond chance, and more than the version compared with' }),
        }),
      ),
    },
    { description: 'What the gate decided on' },
  ),
)
