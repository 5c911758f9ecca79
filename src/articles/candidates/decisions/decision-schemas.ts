import { Type } from 'typebox'
import { DECLINE_REASONS } from '../candidate.ts'
import type { DecidedCandidate } from './decide-candidates.ts'
import type { UndoneDecision } from './undo-decisions.ts'

const EXAMPLE_ID = 'cnd_01k9zq3c8m5v7x2r4t6b8n0q'
const Id = Type.String({ minLength: 1, maxLength: 100 })
const candidateIds = Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true })
const note = Type.Optional(Type.String({ maxLength: 2000 }))
const closed = { additionalProperties: false } as const
export const DecisionBody = Type.Union(
  [
    Type.Object(
      {
        decision: Type.Literal('decline'),
        reason: Type.Enum([...DECLINE_REASONS]),
        note,
        candidateIds,
      },
      closed,
    ),
    Type.Object({ decision: Type.Literal('link'), articleId: Id, note, candidateIds }, closed),
    Type.Object({ decision: Type.Literal('merge'), into: Id, note, candidateIds }, closed),
    Type.Object({ decision: Type.Literal('promote'), note, candidateIds }, closed),
  ],
  { examples: [{ decision: 'decline', reason: 'too-rare', candidateIds: [EXAMPLE_ID] }] },
)

const decidedExample: DecidedCandidate = {
  candidateId: EXAMPLE_ID,
  decisionId: 'dec_01k9zq3c8m5v7x2r4t6b8n0q',
  decided: true,
}
export const Decided = Type.Unsafe<{ readonly items: readonly DecidedCandidate[] }>(
  Type.Object(
    {
      items: Type.Array(
        Type.Object({
          candidateId: Type.String(),
          decisionId: Type.Optional(Type.String()),
          articleId: Type.Optional(Type.String()),
          decided: Type.Optional(
            Type.Boolean({ description: 'False where somebody had decided the same before' }),
          ),
          code: Type.Optional(Type.String({ description: 'Code of the problem, where nothing was decided' })),
        }),
      ),
    },
    {
      examples: [
        {
          items: [decidedExample, { candidateId: 'cnd_01k9zq3c8m5v7x2r4t6b8n0r', code: 'CANDIDATE_DECIDED' }],
        },
      ],
    },
  ),
)

export const UndoBody = Type.Object(
  { decisionIds: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }) },
  { ...closed, examples: [{ decisionIds: ['dec_01k9zq3c8m5v7x2r4t6b8n0q'] }] },
)
export const Undone = Type.Unsafe<{ readonly items: readonly UndoneDecision[] }>(
  Type.Object(
    {
      items: Type.Array(
        Type.Object({
          decisionId: Type.String(),
          candidateId: Type.Optional(Type.String({ description: 'It is open again' })),
          code: Type.Optional(Type.String({ description: 'Code of the problem, where it was not undone' })),
        }),
      ),
    },
    {
      examples: [{ items: [{ decisionId: 'dec_01k9zq3c8m5v7x2r4t6b8n0q', candidateId: EXAMPLE_ID }] }],
    },
  ),
)
