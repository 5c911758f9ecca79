import { Type } from 'typebox'
import { CITATION_FLAGS, CITATION_SECTIONS } from '../citation.ts'
import { exampleContent, examplePassageId } from '../schemas.ts'
import type { PassageView } from './show-passages.ts'

const example: PassageView = {
  id: examplePassageId,
  section: 'resolution',
  text: exampleContent.resolution,
  html: `<p>${exampleContent.resolution}</p>\n`,
  citations: [
    {
      postId: 'pst_4h8s2k6m1q9w3c7x',
      threadId: 'thr_7g3q8z1k5m9w2c4x',
      author: 'Inès',
      flag: 'edited',
      flaggedAt: '2026-01-15T08:00:00.000Z',
      difference: {
        before: exampleContent.resolution,
        now: 'Dans les réglages, activez l’itinérance des données.',
        supersededBy: [],
        removes: false,
        inDraft: false,
      },
    },
  ],
  unsourced: false,
}

const Difference = Type.Object({
  before: Type.Optional(
    Type.String({ description: 'What the post said where the passage rests on it, where that changed' }),
  ),
  now: Type.String({
    description: 'What it says there now, or what the answer says that was accepted since',
  }),
  supersededBy: Type.Array(Type.String(), { description: 'Ids of answers that were accepted since' }),
  removes: Type.Boolean({ description: 'Whether taking the change takes the passage away' }),
  inDraft: Type.Boolean({ description: 'Whether the draft of the article has the change already' }),
})

export const Passages = Type.Unsafe<{ readonly items: readonly PassageView[] }>(
  Type.Object(
    {
      items: Type.Array(
        Type.Object({
          id: Type.String(),
          section: Type.Enum([...CITATION_SECTIONS]),
          text: Type.String({ description: 'Markdown; empty where it stands for its whole section' }),
          html: Type.String({ description: 'The text as it is published' }),
          citations: Type.Array(
            Type.Object({
              postId: Type.String(),
              threadId: Type.Optional(Type.String()),
              author: Type.Optional(Type.String()),
              flag: Type.Optional(Type.Enum([...CITATION_FLAGS])),
              flaggedAt: Type.Optional(Type.String()),
              difference: Type.Optional(Difference),
            }),
            { description: 'Posts that it rests on, limited to those that the caller may see' },
          ),
          unsourced: Type.Optional(
            Type.Boolean({
              description:
                'Whether it rests on no post; for those who may see all that the article was made from',
            }),
          ),
        }),
      ),
    },
    { examples: [{ items: [example] }] },
  ),
)

export const PassageParams = Type.Object({
  id: Type.String({ maxLength: 100, description: 'Id of the article' }),
  passage: Type.String({ maxLength: 100, description: 'Id of the passage' }),
})

const PostId = Type.Optional(
  Type.String({
    maxLength: 100,
    description: 'Cited post that is meant; without it, the first that has changed',
  }),
)

export const TakeBody = Type.Object(
  { postId: PostId },
  { additionalProperties: false, examples: [{ postId: 'pst_4h8s2k6m1q9w3c7x' }] },
)

export const KeepBody = Type.Object(
  {
    postId: PostId,
    reason: Type.String({
      minLength: 1,
      maxLength: 1000,
      pattern: '\\S',
      description: 'Why the passage stays as it is; in the audit log',
    }),
  },
  { additionalProperties: false, examples: [{ reason: 'The edit is about another model.' }] },
)
