import { Type } from 'typebox'
import { USE_KINDS } from './use.ts'

const exampleUse = { kind: 'case', reference: 'CAS-20418' }
const useFields = {
  kind: Type.Enum([...USE_KINDS]),
  reference: Type.String({
    minLength: 1,
    maxLength: 200,
    pattern: '\\S',
    description: 'Id of a thread, your own id of a case, or the address of an answer',
  }),
}

export const NewUse = Type.Object(useFields, { additionalProperties: false, examples: [exampleUse] })

export const Use = Type.Object(
  {
    id: Type.String(),
    ...useFields,
    own: Type.Boolean({ description: 'Whether the caller counted it, and may take it back' }),
  },
  { examples: [{ id: 'use_01kd0f3k9qv7w2m4n5p6r7s8t', ...exampleUse, own: true }] },
)

export const UseCounts = Type.Object(
  {
    total: Type.Integer(),
    last90Days: Type.Integer(),
  },
  { description: 'What the article was used to answer; for roles that work on articles' },
)

export const FeedbackCounts = Type.Object(
  { solved: Type.Integer(), unsolved: Type.Integer() },
  { description: 'Whether readers had their problem solved; for roles that work on articles' },
)

export const Feedback = Type.Object(
  {
    solved: Type.Boolean({ description: 'Whether the article solved the reader’s problem' }),
    comment: Type.Optional(
      Type.String({ maxLength: 1000, description: 'What is missing, as plain text without personal data' }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ solved: false, comment: 'I do not find this menu on my phone.' }],
  },
)
