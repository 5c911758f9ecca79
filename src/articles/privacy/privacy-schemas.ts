import { Type } from 'typebox'
import { PERSONAL_DATA_KINDS } from '../../text/personal-data/finding.ts'
import { FINDING_SECTIONS } from './findings.ts'

const OfDraft = Type.Optional(Type.Boolean({ description: 'The draft is meant, not the latest revision' }))
const exampleFinding = 'phone-9f86d081884c7d659a2feaa0c55ad015'

export const PersonalDataQuery = Type.Object({ draft: OfDraft }, { additionalProperties: false })

export const PersonalData = Type.Object(
  {
    findings: Type.Array(
      Type.Object({
        id: Type.String({ description: 'Stands for its kind and text, wherever they occur in the article' }),
        kind: Type.Enum([...PERSONAL_DATA_KINDS]),
        state: Type.Enum(['open', 'waived'], {
          description: 'While one is open, the article stays with the audience `internal`',
        }),
        places: Type.Array(
          Type.Object({
            where: Type.Enum([...FINDING_SECTIONS]),
            start: Type.Integer(),
            end: Type.Integer({ description: '`[start, end)` in UTF-16 units of the section' }),
          }),
        ),
        waiver: Type.Optional(
          Type.Object({
            reason: Type.String(),
            by: Type.Object({ id: Type.String(), name: Type.String() }),
            at: Type.String(),
          }),
        ),
      }),
    ),
  },
  {
    examples: [
      {
        findings: [
          {
            id: exampleFinding,
            kind: 'phone',
            state: 'open',
            places: [{ where: 'resolution', start: 13, end: 27 }],
          },
        ],
      },
    ],
  },
)

const FindingId = Type.String({ maxLength: 100 })

export const Decisions = Type.Object(
  {
    draft: OfDraft,
    decisions: Type.Array(
      Type.Union([
        Type.Object({ finding: FindingId, action: Type.Literal('redact') }, { additionalProperties: false }),
        Type.Object(
          {
            finding: FindingId,
            action: Type.Literal('waive'),
            reason: Type.String({
              maxLength: 500,
              pattern: '\\S',
              description: 'Why it may be shown; kept, and in the audit log',
            }),
          },
          { additionalProperties: false },
        ),
      ]),
      { minItems: 1, maxItems: 200 },
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        decisions: [{ finding: exampleFinding, action: 'waive', reason: 'The number of our own help desk' }],
      },
    ],
  },
)

export const TextIfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      description: 'ETag of the article or draft as you read it; 428 if missing, 412 if it has changed since',
    }),
  ),
})
