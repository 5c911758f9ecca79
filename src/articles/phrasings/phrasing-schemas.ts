import { Type } from 'typebox'
import { ArticleParams } from '../schemas.ts'
import { LONGEST_PHRASING, PHRASING_ORIGINS } from './phrasing.ts'

export const PhrasingParams = Type.Object({
  ...ArticleParams.properties,
  phrasing: Type.String({ maxLength: 100, description: 'Id of the phrasing' }),
})

export const NewPhrasing = Type.Object(
  {
    text: Type.String({
      minLength: 1,
      maxLength: LONGEST_PHRASING,
      description: 'How people ask for what the article answers',
    }),
  },
  { additionalProperties: false, examples: [{ text: 'box clignote orange après orage' }] },
)

export const PhrasingList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        id: Type.String(),
        text: Type.String(),
        origin: Type.Enum([...PHRASING_ORIGINS], {
          description:
            '`thread`: the article was made from a thread with this title; `duplicate`: such a thread asks the same, or was merged into one that does; `use`: somebody answered it with the article; `search`: the article solved it; `added` by somebody',
        }),
        visitors: Type.Optional(
          Type.Integer({
            description: 'Of a search: visits that the article helped; each counts once a day',
          }),
        ),
        threadId: Type.Optional(Type.String()),
        weight: Type.Optional(
          Type.Number({ description: 'From 0 to 1: how far it is trusted, and how old it is' }),
        ),
        state: Type.Enum(['ranks', 'closed', 'few', 'beyond', 'removed'], {
          description:
            '`ranks`, or why not: some readers of the article must not know of it (`closed`), it comes from too few visitors (`few`), others weigh more (`beyond`), or somebody removed it',
        }),
      }),
    ),
  },
  {
    examples: [
      {
        items: [
          {
            id: 'phr_01jd3k8q0r2s4t6v',
            text: 'box clignote orange',
            origin: 'search',
            visitors: 12,
            weight: 0.8,
            state: 'ranks',
          },
        ],
      },
    ],
  },
)
