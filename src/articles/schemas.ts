import { Type } from 'typebox'
import { AUDIENCES } from '../access/audience.ts'
import { PageQuery, pageOf } from '../platform/page-schema.ts'
import { CONFIDENCES } from './article.ts'
import { ARTICLE_SORTS } from './article-store.ts'
import { CITATION_FLAGS } from './citation.ts'

const Confidence = Type.Enum([...CONFIDENCES], {
  description: '`wip`, `not_validated`, `validated` (published) or `archived`',
})
export const Audience = Type.Enum([...AUDIENCES], {
  description: 'Who may see it, from the narrowest audience to the widest',
})
export const Markdown = Type.String({ maxLength: 100_000, description: 'Markdown' })
const Title = Type.String({ minLength: 1, maxLength: 500 })
export const Language = Type.String({
  pattern: '^[a-z]{2,3}$',
  description: 'ISO 639 code; `und` if unknown',
})

export const ConfirmPersonalData = Type.Optional(
  Type.Boolean({
    description:
      'Whether someone has checked the possible personal data in it and allowed customers or the public to see it',
  }),
)

export const contentFields = {
  title: Type.String(),
  issue: Type.String({ description: 'The problem in the requestor’s words, as Markdown' }),
  environment: Type.String(),
  resolution: Type.String({ description: 'Markdown' }),
  cause: Type.String(),
  language: Type.String(),
}

const state = {
  id: Type.String(),
  confidence: Confidence,
  audience: Audience,
  revision: Type.Integer({ description: 'Revision number; sent as `ETag`, expected as `If-Match`' }),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  publishedAt: Type.Optional(Type.String({ description: 'When the article was last published' })),
}

export const exampleContent = {
  title: 'Activer les données à l’étranger',
  issue: 'Arrivé en Espagne, je n’ai plus internet sur mon mobile.',
  environment: 'mobile, itinérance',
  resolution: 'Dans les réglages, activez l’itinérance des données, puis redémarrez.',
  cause: '',
  language: 'fr',
}
export const exampleState = {
  id: 'art_01jd3k8q0r2s4t6v8w0x2y4z6a',
  title: exampleContent.title,
  language: exampleContent.language,
  confidence: 'validated',
  audience: 'public',
  revision: 3,
  createdAt: '2026-01-12T10:00:00.000Z',
  updatedAt: '2026-01-14T09:12:00.000Z',
  publishedAt: '2026-01-14T09:12:00.000Z',
}

export const Article = Type.Object(
  {
    ...contentFields,
    ...state,
    threadId: Type.Optional(
      Type.String({
        description: 'Thread that the article was made from; absent if the caller may not see it',
      }),
    ),
    citations: Type.Array(
      Type.Object({
        section: Type.Enum(['issue', 'resolution']),
        postId: Type.String(),
        author: Type.Optional(Type.String()),
        flag: Type.Optional(
          Type.Enum([...CITATION_FLAGS], {
            description: 'What happened to the post after the section was written',
          }),
        ),
        flaggedAt: Type.Optional(Type.String()),
      }),
      { description: 'Posts that the sections rest on, limited to those that the caller may see' },
    ),
    authors: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }), {
      description: 'Authors of the posts that the article was made from',
    }),
  },
  {
    examples: [
      {
        ...exampleContent,
        ...exampleState,
        threadId: 'thr_7g3q8z1k5m9w2c4x',
        citations: [
          { section: 'resolution', postId: 'pst_4h8s2k6m1q9w3c7x', author: 'Inès', flag: 'edited' },
        ],
        authors: [{ id: 'mem_2k6m1q9w3c7x4h8s', name: 'Inès' }],
      },
    ],
  },
)

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

export const ThreadParams = Type.Object({
  id: Type.String({ maxLength: 100, description: 'Id of the thread' }),
})
export const ArticleParams = Type.Object({
  id: Type.String({ maxLength: 100, description: 'Id of the article' }),
})

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
          'By time, the newest first, or by title; `updated` by default. `published` leaves out what was never published.',
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

export const ArticleChange = Type.Object(
  {
    title: Type.Optional(Title),
    issue: Type.Optional(Markdown),
    environment: Type.Optional(Markdown),
    resolution: Type.Optional(Markdown),
    cause: Type.Optional(Markdown),
    language: Type.Optional(Language),
    reviewedCitations: Type.Optional(
      Type.Boolean({
        description: 'Confirms that the cited posts were read in their present form; removes their flags',
      }),
    ),
    confirmPersonalData: ConfirmPersonalData,
  },
  {
    additionalProperties: false,
    minProperties: 1,
    examples: [{ title: 'Activer les données à l’étranger', cause: 'L’itinérance est coupée par défaut.' }],
  },
)

export const RequiredIfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      description: 'ETag of the article as you read it; 428 if missing, 412 if the article has changed since',
    }),
  ),
})
export const OptionalIfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'ETag of the article as you read it; 412 if the article has changed since' }),
  ),
})
