import { Type } from 'typebox'
import { AUDIENCES } from '../access/audience.ts'
import { PageQuery, pageOf } from '../platform/page-schema.ts'
import { CONFIDENCES } from './article.ts'
import { CITATION_FLAGS } from './citation.ts'

const Confidence = Type.Enum([...CONFIDENCES], {
  description: 'wip, not_validated, validated (published) or archived',
})
const Audience = Type.Enum([...AUDIENCES], {
  description: 'Who may see it, from the closest circle to everyone',
})
const Markdown = Type.String({ maxLength: 100_000, description: 'Markdown' })
const Title = Type.String({ minLength: 1, maxLength: 500 })
const Language = Type.String({ pattern: '^[a-z]{2,3}$', description: 'ISO 639 code; `und` when unknown' })

const ConfirmPersonalData = Type.Optional(
  Type.Boolean({
    description:
      'True: what looks like personal data in it was read and may be shown to customers or the public',
  }),
)

const content = {
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
  revision: Type.Integer({ description: 'What `ETag` says and `If-Match` wants' }),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  publishedAt: Type.Optional(Type.String({ description: 'When it was last published' })),
}

const exampleContent = {
  title: 'Activer les données à l’étranger',
  issue: 'Arrivé en Espagne, je n’ai plus internet sur mon mobile.',
  environment: 'mobile, itinérance',
  resolution: 'Dans les réglages, activez l’itinérance des données, puis redémarrez.',
  cause: '',
  language: 'fr',
}
const exampleState = {
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
    ...content,
    ...state,
    threadId: Type.Optional(
      Type.String({ description: 'The thread it came from, to those who may see that' }),
    ),
    citations: Type.Array(
      Type.Object({
        section: Type.Enum(['issue', 'resolution']),
        postId: Type.String(),
        author: Type.Optional(Type.String()),
        flag: Type.Optional(
          Type.Enum([...CITATION_FLAGS], {
            description: 'What happened to the post since the section was built on it',
          }),
        ),
        flaggedAt: Type.Optional(Type.String()),
      }),
      { description: 'The posts that the sections rest on, as far as the caller may see them' },
    ),
    authors: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }), {
      description: 'Who wrote what the article was made from',
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
  Type.Object({ ...state, title: Type.String(), language: Type.String() }, { examples: [exampleState] }),
)

export const Revisions = pageOf(
  Type.Object(
    {
      number: Type.Integer(),
      content: Type.Object(content),
      confidence: Confidence,
      audience: Audience,
      actor: Type.Object({ id: Type.String(), name: Type.String() }),
      createdAt: Type.String(),
    },
    {
      examples: [
        {
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

export const ArticleQuerystring = Type.Object(
  {
    ...PageQuery.properties,
    confidence: Type.Optional(Confidence),
    language: Type.Optional(Language),
    flagged: Type.Optional(
      Type.Boolean({
        description: 'Only those of whose evidence something has changed (for those who edit)',
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
        description: 'True: the cited posts were read as they are now, and their flags may go',
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

export const Publication = Type.Object(
  {
    audience: Audience,
    confirmWiderAudience: Type.Optional(
      Type.Boolean({ description: 'True: to be shown to more people than the posts it rests on' }),
    ),
    confirmPersonalData: ConfirmPersonalData,
  },
  { additionalProperties: false, examples: [{ audience: 'public' }] },
)

export const RequiredIfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'ETag of the article as read; 428 without it, 412 when stale' }),
  ),
})
export const OptionalIfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'ETag of the article as read; 412 when it has changed since' }),
  ),
})
