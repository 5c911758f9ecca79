import { Type } from 'typebox'
import { Audience, Confidence } from '../schemas.ts'

const ConfirmWiderAudience = Type.Optional(
  Type.Boolean({
    description: 'Confirms that a wider audience than that of the cited posts may see the article',
  }),
)

export const Publication = Type.Object(
  { audience: Audience, confirmWiderAudience: ConfirmWiderAudience },
  { additionalProperties: false, examples: [{ audience: 'public' }] },
)

export const State = Type.Object(
  {
    confidence: Confidence,
    audience: Type.Optional(Audience),
    confirmWiderAudience: ConfirmWiderAudience,
  },
  { additionalProperties: false, examples: [{ confidence: 'not_validated' }] },
)

export const PublicationQuerystring = Type.Object(
  {
    audience: Audience,
    draft: Type.Optional(
      Type.Boolean({ description: 'Check the article as it will be once its draft is applied' }),
    ),
  },
  { additionalProperties: false },
)
export const PublicationCheck = Type.Object(
  {
    audience: Audience,
    ready: Type.Boolean({ description: 'Whether nothing blocks it' }),
    reasons: Type.Array(
      Type.Object({
        code: Type.String(),
        blocks: Type.Boolean(),
        confirm: Type.Optional(
          Type.Enum(['confirmWiderAudience'], {
            description: 'Field of the request to publish that lifts it, once somebody has checked it',
          }),
        ),
        sentence: Type.String({ description: 'In the language that `Accept-Language` prefers' }),
        missing: Type.Optional(Type.Array(Type.String())),
        threadId: Type.Optional(Type.String()),
        permitted: Type.Optional(Audience),
        findings: Type.Optional(
          Type.Array(
            Type.Object({
              id: Type.String(),
              where: Type.String(),
              kind: Type.String(),
              start: Type.Integer(),
              end: Type.Integer({ description: '`[start, end)` in UTF-16 units of the section' }),
            }),
          ),
        ),
        flags: Type.Optional(Type.Integer()),
      }),
    ),
  },
  {
    examples: [
      {
        audience: 'public',
        ready: false,
        reasons: [
          {
            code: 'ARTICLE_INCOMPLETE',
            blocks: true,
            sentence: 'Add what is missing: the resolution.',
            missing: ['resolution'],
          },
        ],
      },
    ],
  },
)
