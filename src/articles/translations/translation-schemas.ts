import { Type } from 'typebox'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import { Audience, Confidence, exampleContent, exampleState } from '../schemas.ts'
import { TRANSLATION_LISTS } from './list-translations.ts'
import type { TranslatedPassageView, TranslationView } from './show-translation.ts'
import { PASSAGE_STATES, TRANSLATED_SECTIONS } from './translated-passage.ts'

const Language = Type.String({ pattern: '^[a-z]{2,3}$', description: 'ISO 639 code' })

const exampleId = 'art_01jd3k8q0r9z8y7x6w5v4t3s2r'
const examplePassage: TranslatedPassageView = {
  id: 'tpg_01jd3k8q0r5v7x9z1b3d5f7h9k',
  section: 'resolution',
  text: 'Switch on data roaming.',
  state: 'stale',
  since: '2026-01-15T08:00:00.000Z',
  version: 1,
  source: { text: exampleContent.resolution, html: `<p>${exampleContent.resolution}</p>\n` },
  before: 'Activez l’itinérance des données.',
  html: '<p>Switch on data roaming.</p>\n',
  lock: {
    by: { id: 'acc_01jd0f3k9qv7w2m4n5p6r7s8t', name: 'Camille' },
    until: '2026-01-15T09:01:30.000Z',
    own: false,
  },
}

export const TranslatedPassage = Type.Unsafe<TranslatedPassageView>(
  Type.Object(
    {
      id: Type.String(),
      section: Type.Enum([...TRANSLATED_SECTIONS]),
      text: Type.String({
        description: 'Markdown, as it stands in the translation; plain text in the title',
      }),
      state: Type.Enum([...PASSAGE_STATES], {
        description: '`open`: not translated; `stale`: the original changed significantly since',
      }),
      since: Type.Optional(Type.String({ description: 'When an edit of the original opened it' })),
      proposal: Type.Optional(
        Type.String({ description: 'What the translation service proposed; no text of the translation' }),
      ),
      version: Type.Integer({ description: 'Sent back to save the passage' }),
      source: Type.Optional(
        Type.Object(
          { text: Type.String(), html: Type.String() },
          { description: 'What the original says; absent where it no longer has the passage' },
        ),
      ),
      before: Type.Optional(
        Type.String({ description: 'What the original said when it was translated, where that changed' }),
      ),
      html: Type.String(),
      lock: Type.Optional(
        Type.Object(
          {
            by: Type.Object({ id: Type.String(), name: Type.String() }),
            until: Type.String({ description: 'When it ends unless it is renewed' }),
            own: Type.Boolean(),
          },
          { description: 'Who works on the passage' },
        ),
      ),
    },
    { examples: [examplePassage] },
  ),
)

const translation = {
  id: Type.String(),
  title: Type.String(),
  language: Type.String(),
  confidence: Confidence,
  audience: Audience,
}

const exampleTranslation: TranslationView = {
  id: exampleId,
  title: 'Switch on data abroad',
  language: 'en',
  confidence: 'wip',
  audience: 'internal',
  original: {
    id: exampleState.id,
    title: exampleState.title,
    language: 'fr',
    revision: 3,
    confidence: 'validated',
    audience: 'public',
  },
  passages: [examplePassage],
  additions: [],
  hasDraft: true,
  proposes: false,
}

export const Translation = Type.Unsafe<TranslationView>(
  Type.Object(
    {
      ...translation,
      original: Type.Object({ ...translation, revision: Type.Integer() }),
      passages: Type.Array(TranslatedPassage, {
        description: 'In the order of the original; the title first',
      }),
      additions: Type.Array(
        Type.Object({
          section: Type.Enum([...TRANSLATED_SECTIONS]),
          text: Type.String(),
          html: Type.String(),
          after: Type.Optional(Type.String({ description: 'Id of the passage before it' })),
        }),
        { description: 'Blocks that stand for no passage of the original' },
      ),
      hasDraft: Type.Boolean({ description: 'Whether texts wait in the draft of the translation' }),
      proposes: Type.Boolean({ description: 'Whether a translation service is set up' }),
    },
    { examples: [exampleTranslation] },
  ),
)

export const NewTranslation = Type.Object(
  { language: Language },
  { additionalProperties: false, examples: [{ language: 'en' }] },
)
export const Link = Type.Object(
  {
    originalId: Type.String({ maxLength: 100, description: 'Id of the article that it is a translation of' }),
  },
  { additionalProperties: false, examples: [{ originalId: exampleState.id }] },
)
export const PassageParams = Type.Object({
  id: Type.String({ maxLength: 100, description: 'Id of the translation' }),
  passage: Type.String({ maxLength: 100, description: 'Id of the passage' }),
})
export const PassageText = Type.Object(
  {
    text: Type.String({ maxLength: 100_000, description: 'Markdown; empty to open the passage again' }),
    version: Type.Integer({ minimum: 0, maximum: 999_999_999, description: 'Of the passage as you read it' }),
  },
  { additionalProperties: false, examples: [{ text: examplePassage.text, version: 1 }] },
)
export const ProposalBody = Type.Object(
  {
    passages: Type.Optional(
      Type.Array(Type.String({ maxLength: 100 }), {
        minItems: 1,
        maxItems: 50,
        uniqueItems: true,
        description: 'Ids of passages; without it, all that are open or stale',
      }),
    ),
  },
  { additionalProperties: false, examples: [{ passages: [examplePassage.id] }] },
)
export const Proposals = Type.Object(
  {
    translation: Translation,
    withheld: Type.Array(Type.String(), {
      description: 'Ids of passages that were not sent, because they may hold personal data',
    }),
  },
  { examples: [{ translation: exampleTranslation, withheld: [] }] },
)

export const TranslationQuery = Type.Object(
  {
    ...PageQuery.properties,
    state: Type.Enum([...TRANSLATION_LISTS], {
      description:
        '`missing`: published articles without a translation; `stale`: translations to bring up to date',
    }),
    language: Type.Optional(Language),
  },
  { additionalProperties: false },
)

export const TranslationPage = pageOf(
  Type.Object(
    {
      state: Type.Enum([...TRANSLATION_LISTS]),
      language: Type.String({ description: 'Language of the translation' }),
      original: Type.Object(translation),
      translation: Type.Optional(Type.Object(translation)),
      staleSince: Type.Optional(Type.String()),
      passages: Type.Optional(Type.Integer({ description: 'Passages that wait for a translator' })),
      uses: Type.Integer({ description: 'How often the articles were used' }),
      views: Type.Integer({ description: 'Of the threads that the original was made from' }),
    },
    {
      examples: [
        {
          state: 'missing',
          language: 'en',
          original: {
            id: exampleState.id,
            title: exampleState.title,
            language: 'fr',
            confidence: 'validated',
            audience: 'public',
          },
          uses: 42,
          views: 1200,
        },
      ],
    },
  ),
)
