import { Type } from 'typebox'
import { PageQuery, pageOf } from '../platform/page-schema.ts'
import { ARTICLE_SORTS } from './article-store.ts'
import {
  Audience,
  Confidence,
  contentFields,
  exampleContent,
  exampleState,
  Language,
  state,
} from './schemas.ts'

export const ArticlePage = pageOf(
  Type.Object(
    {
      ...state,
      title: Type.String(),
      language: Type.String(),
      flags: Type.Optional(
        Type.Integer({ description: 'Cited posts that have changed; for roles that edit articles' }),
      ),
    },
    { examples: [{ ...exampleState, flags: 1 }] },
  ),
)

export const ArticleCounts = Type.Object(
  {
    wip: Type.Integer(),
    not_validated: Type.Integer(),
    validated: Type.Integer(),
    archived: Type.Integer(),
    flagged: Type.Integer({ description: 'Articles of any confidence with a cited post that has changed' }),
  },
  { examples: [{ wip: 1, not_validated: 12, validated: 240, archived: 7, flagged: 3 }] },
)

export const Revisions = pageOf(
  Type.Object(
    {
      number: Type.Integer(),
      content: Type.Object(contentFields),
      confidence: Confidence,
      audience: Audience,
      actor: Type.Object({ id: Type.String(), name: Type.String() }),
      createdAt: Type.String(),
      changed: Type.Array(Type.String(), {
        description: 'Fields of `content`, `confidence` and `audience` that differ from the revision before',
      }),
    },
    {
      examples: [
        {
          changed: ['resolution'],
          number: exampleState.revision,
          content: exampleContent,
          confidence: exampleState.confidence,
          audience: exampleState.audience,
          actor: { id: 'key_01jd0f3k9qv7w2m4n5p6r7s8t', name: 'Camille' },
          createdAt: exampleState.updatedAt,
        },
      ],
    },
  ),
)

const filters = {
  language: Type.Optional(Language),
  audience: Type.Optional(Audience),
  author: Type.Optional(
    Type.String({ maxLength: 100, description: 'Id of a member whose posts the article was made from' }),
  ),
  q: Type.Optional(
    Type.String({ maxLength: 200, description: 'Words that the article has in any section; all of them' }),
  ),
}

export const ArticleCountsQuerystring = Type.Object(filters, { additionalProperties: false })

export const ArticleQuerystring = Type.Object(
  {
    ...PageQuery.properties,
    ...filters,
    confidence: Type.Optional(Confidence),
    sort: Type.Optional(
      Type.Enum([...ARTICLE_SORTS], {
        description:
          'By time, the newest first, by title, or by uses, the most used first; `updated` by default. `published` leaves out what was never published; `used` is for roles that work on articles.',
      }),
    ),
    flagged: Type.Optional(
      Type.Boolean({
        description: 'Only articles with a cited post that has changed; for roles that edit articles',
      }),
    ),
  },
  { additionalProperties: false },
)

export const RevisionQuerystring = Type.Object(PageQuery.properties, { additionalProperties: false })
