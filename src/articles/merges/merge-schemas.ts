import { Type } from 'typebox'
import { CITATION_SECTIONS } from '../citation.ts'
import { Audience, Confidence, exampleContent, examplePassageId, exampleState } from '../schemas.ts'

const Side = Type.Object({
  id: Type.String(),
  title: Type.String(),
  language: Type.String(),
  confidence: Confidence,
  audience: Audience,
  revision: Type.Integer(),
})
const Section = Type.Enum([...CITATION_SECTIONS])

const { publishedAt: _, createdAt: __, updatedAt: ___, ...exampleInto } = exampleState
const exampleMerged = {
  ...exampleInto,
  id: 'art_01jd3k8q0r5v7x9z1b3d5f7h9k',
  title: 'Pas d’internet en Espagne',
  revision: 2,
}

export const MergePreview = Type.Object(
  {
    merged: Side,
    into: Side,
    sections: Type.Array(
      Type.Object({
        section: Section,
        merged: Type.String({ description: 'Markdown' }),
        into: Type.String({ description: 'Markdown' }),
        result: Type.String({ description: 'What the other article would say, as Markdown' }),
      }),
    ),
    passages: Type.Array(
      Type.Object({
        id: Type.String(),
        section: Section,
        text: Type.String(),
        becomes: Type.Enum(['added', 'joined', 'left'], {
          description: '`added`; `joined`: the other article says the same, and rests on the posts of both',
        }),
      }),
      { description: 'Passages of the article that would be archived' },
    ),
    moves: Type.Object(
      {
        threads: Type.Integer(),
        uses: Type.Integer(),
        feedback: Type.Integer(),
        reports: Type.Integer(),
      },
      { description: 'How much would count for the other article, as far as the caller may know of it' },
    ),
    refusals: Type.Array(
      Type.Object({
        code: Type.String(),
        confirm: Type.Optional(
          Type.Enum(['confirmWiderAudience'], { description: 'Field of the request that lifts it' }),
        ),
      }),
    ),
    lapses: Type.Boolean({
      description: 'Whether the other article would leave its readers until its new text is approved',
    }),
    hasDraft: Type.Boolean({ description: 'Whether the article has a draft, which stays with it' }),
    isMerged: Type.Boolean({ description: 'Whether the one is merged into the other already' }),
  },
  {
    examples: [
      {
        merged: exampleMerged,
        into: exampleInto,
        sections: [
          {
            section: 'cause',
            merged: 'L’itinérance est désactivée par défaut.',
            into: exampleContent.cause,
            result: 'L’itinérance est désactivée par défaut.',
          },
        ],
        passages: [
          {
            id: examplePassageId,
            section: 'cause',
            text: 'L’itinérance est désactivée par défaut.',
            becomes: 'added',
          },
        ],
        moves: { threads: 1, uses: 12, feedback: 3, reports: 0 },
        refusals: [],
        lapses: false,
        hasDraft: false,
        isMerged: false,
      },
    ],
  },
)

export const MergeQuery = Type.Object(
  { into: Type.String({ maxLength: 100, description: 'Article to merge into' }) },
  { additionalProperties: false },
)

export const MergeBody = Type.Object(
  {
    into: Type.String({ maxLength: 100, description: 'Article to merge into' }),
    reason: Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' }),
    leave: Type.Optional(
      Type.Array(Type.String({ maxLength: 100 }), {
        maxItems: 500,
        uniqueItems: true,
        description: 'Ids of passages that are not taken over',
      }),
    ),
    confirmWiderAudience: Type.Optional(
      Type.Boolean({
        description: 'Confirms that those who see the other article may see what is added to it',
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ into: exampleState.id, reason: 'Both say how to switch roaming on.' }],
  },
)
