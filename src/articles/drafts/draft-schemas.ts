import { Type } from 'typebox'
import { contentFields, exampleContent, exampleState, Language, Markdown } from '../schemas.ts'

const draftContent = Type.Object(
  {
    title: Type.String({ maxLength: 500 }),
    issue: Markdown,
    environment: Markdown,
    resolution: Markdown,
    cause: Markdown,
    language: Language,
  },
  { additionalProperties: false },
)
const BasedOn = Type.Integer({ minimum: 1, description: 'Revision of the article that was edited' })
const exampleDraft = { basedOn: exampleState.revision, content: exampleContent }

export const NewDraft = Type.Object(
  { basedOn: BasedOn, content: draftContent },
  { additionalProperties: false, examples: [exampleDraft] },
)

export const Draft = Type.Object(
  {
    version: Type.Integer({
      description: 'Sent as `ETag`, expected as `If-Match`; 0 if there never was a draft',
    }),
    basedOn: BasedOn,
    content: Type.Object(contentFields),
    savedBy: Type.Optional(Type.Object({ id: Type.String(), name: Type.String() })),
    savedAt: Type.Optional(
      Type.String({ description: 'Absent where there is no draft: the content is the article’s' }),
    ),
  },
  {
    examples: [
      {
        version: 7,
        ...exampleDraft,
        savedBy: { id: 'key_01jd0f3k9qv7w2m4n5p6r7s8t', name: 'Camille' },
        savedAt: '2026-01-15T14:02:31.000Z',
      },
    ],
  },
)

export const DraftIfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      description:
        'ETag of the draft as you read it; 428 if missing, 412 with `current` if it has changed since',
    }),
  ),
})

export const PreviewBody = Type.Object(
  { markdown: Markdown },
  { additionalProperties: false, examples: [{ markdown: '**Redémarrez** la box.' }] },
)
export const Preview = Type.Object(
  { html: Type.String({ description: 'HTML as it is published: without scripts, styles and pictures' }) },
  { examples: [{ html: '<p><strong>Redémarrez</strong> la box.</p>\n' }] },
)
