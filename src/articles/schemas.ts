import { Type } from 'typebox'
import { AUDIENCES } from '../access/audience.ts'
import { CONFIDENCES } from './article.ts'
import { CITATION_FLAGS, CITATION_SECTIONS } from './citation.ts'
import { ArticleGovernance, Rights } from './rights/governance-schemas.ts'
import { FeedbackCounts, UseCounts } from './use/use-schemas.ts'

export const Confidence = Type.Enum([...CONFIDENCES], {
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

export const contentFields = {
  title: Type.String(),
  issue: Type.String({ description: 'The problem in the requestor’s words, as Markdown' }),
  environment: Type.String(),
  resolution: Type.String({ description: 'Markdown' }),
  cause: Type.String(),
  language: Type.String(),
}

export const state = {
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
export const examplePassageId = 'psg_01jd3k8q0r5v7x9z1b3d5f7h9k'
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

export const exampleArticle = {
  ...exampleContent,
  ...exampleState,
  threadId: 'thr_7g3q8z1k5m9w2c4x',
  threadIds: ['thr_7g3q8z1k5m9w2c4x'],
  citations: [
    {
      passageId: examplePassageId,
      section: 'resolution',
      postId: 'pst_4h8s2k6m1q9w3c7x',
      author: 'Inès',
      flag: 'edited',
    },
  ],
  authors: [{ id: 'mem_2k6m1q9w3c7x4h8s', name: 'Inès' }],
  translations: [
    {
      id: 'art_01jd3k8q0r9z8y7x6w5v4t3s2r',
      title: 'Switch on data abroad',
      language: 'en',
      confidence: 'validated',
      audience: 'public',
      original: false,
    },
  ],
  may: { edit: true, validate: true, widen: true, archive: true, approve: false },
  governance: { kind: 'experience', category: 'roaming' },
  uses: { total: 42, last90Days: 17 },
  feedback: { solved: 120, unsolved: 9 },
  slug: `activer-les-donnees-a-l-etranger--${exampleState.id}`,
}

const MergedInto = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    reason: Type.String(),
    by: Type.Object({ id: Type.String(), name: Type.String() }),
    at: Type.String(),
  },
  { description: 'Article that it became part of, where the caller may see that' },
)

export const Article = Type.Object(
  {
    ...contentFields,
    ...state,
    threadId: Type.Optional(
      Type.String({
        description:
          'Thread that the article was made from, the lead of several; absent if the caller may not see it',
      }),
    ),
    threadIds: Type.Array(Type.String(), {
      description:
        'Threads that the article was made from, the lead first, limited to those that the caller may see',
    }),
    citations: Type.Array(
      Type.Object({
        passageId: Type.String(),
        section: Type.Enum([...CITATION_SECTIONS]),
        postId: Type.String(),
        threadId: Type.Optional(Type.String({ description: 'Thread that shows the post' })),
        author: Type.Optional(Type.String()),
        flag: Type.Optional(
          Type.Enum([...CITATION_FLAGS], {
            description: 'What happened to the post after the passage was written',
          }),
        ),
        flaggedAt: Type.Optional(Type.String()),
      }),
      { description: 'Posts that the passages rest on, limited to those that the caller may see' },
    ),
    authors: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }), {
      description: 'Authors of the posts that the article was made from',
    }),
    translations: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        language: Type.String(),
        confidence: Confidence,
        audience: Audience,
        original: Type.Boolean({ description: 'Whether the others are translations of it' }),
        staleSince: Type.Optional(
          Type.String({
            description:
              'Since when it lacks a significant change of its original; for roles that edit articles',
          }),
        ),
      }),
      { description: 'The same article in other languages, limited to those that the caller may see' },
    ),
    translation: Type.Optional(
      Type.Object(
        { originalId: Type.String(), staleSince: Type.Optional(Type.String()) },
        { description: 'What the article is a translation of, for roles that edit articles' },
      ),
    ),
    may: Type.Optional(Rights),
    governance: Type.Optional(ArticleGovernance),
    uses: Type.Optional(UseCounts),
    feedback: Type.Optional(FeedbackCounts),
    slug: Type.String({ description: 'Last part of its address: words of its title, and its id' }),
    mergedInto: Type.Optional(MergedInto),
    lastCheck: Type.Optional(
      Type.Object(
        { by: Type.Object({ id: Type.String(), name: Type.String() }), at: Type.String() },
        { description: 'Who found it right last, and when; for roles that work on articles' },
      ),
    ),
  },
  {
    examples: [exampleArticle],
  },
)

export const ThreadParams = Type.Object({
  id: Type.String({ maxLength: 100, description: 'Id of the thread' }),
})
export const TogetherBody = Type.Object(
  {
    threadIds: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      minItems: 1,
      maxItems: 20,
      uniqueItems: true,
      description: 'Threads that ask the same, the lead first',
    }),
  },
  {
    additionalProperties: false,
    examples: [{ threadIds: ['thr_7h2k9m4p6r8t1v3x', 'thr_1v3x5z7b9d2f4h6k'] }],
  },
)
export const ArticleParams = Type.Object({
  id: Type.String({ maxLength: 100, description: 'Id of the article' }),
})
export const RevisionParams = Type.Object({
  ...ArticleParams.properties,
  number: Type.Integer({ minimum: 1, maximum: 999_999_999, description: 'Number of the revision' }),
})

const Significant = Type.Optional(
  Type.Boolean({
    description: 'Whether the passages that it changes are to be translated again; false by default',
  }),
)
export const SignificantQuery = Type.Object({ significant: Significant }, { additionalProperties: false })

export const ArticleChange = Type.Object(
  {
    title: Type.Optional(Title),
    issue: Type.Optional(Markdown),
    environment: Type.Optional(Markdown),
    resolution: Type.Optional(Markdown),
    cause: Type.Optional(Markdown),
    language: Type.Optional(Language),
    significant: Significant,
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
