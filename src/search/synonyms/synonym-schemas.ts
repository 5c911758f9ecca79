import { Type } from 'typebox'
import { pageOf } from '../../platform/page-schema.ts'
import { Relevance } from '../judgements/judged-schemas.ts'
import { ORIGINS } from './propose-synonyms.ts'
import { LONGEST_WORD, MOST_WORDS } from './synonym-text.ts'

/** Characters of a text of synonyms. */
const LONGEST_TEXT = 1_000_000
/** Entries that are added or removed one by one. */
const MOST_AT_ONCE = 500

const Word = Type.Object(
  {
    text: Type.String({ maxLength: 4 * LONGEST_WORD, description: 'A word, or a phrase of up to six' }),
    language: Type.Optional(
      Type.Enum(['fr', 'en'], { description: 'In which it is read; in both languages if absent' }),
    ),
  },
  { additionalProperties: false },
)

const words = Type.Array(Word, {
  maxItems: 4 * MOST_WORDS,
  description: 'Words that stand for each other; with `alsoFinds`, words that find those, but not each other',
})
const alsoFinds = Type.Optional(
  Type.Array(Word, { maxItems: 4 * MOST_WORDS, description: 'What the words find besides themselves' }),
)
const NewEntry = Type.Object({ words, alsoFinds }, { additionalProperties: false })

const Entry = Type.Object({
  id: Type.Integer(),
  words: Type.Array(Word),
  alsoFinds: Type.Optional(Type.Array(Word)),
  line: Type.String({ description: 'The entry in the text form' }),
})

export const ListQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 200, description: 'Only entries with this in a word' })),
  cursor: Type.Optional(Type.String({ maxLength: 500, description: '`next` of the previous page' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
})

export const EntryPage = Type.Object(
  {
    version: Type.Integer({ description: '0 until something was saved' }),
    total: Type.Integer({ description: 'Entries of the version' }),
    items: Type.Array(Entry),
    next: Type.Optional(Type.String()),
  },
  {
    examples: [
      {
        version: 3,
        total: 2,
        items: [
          {
            id: 7,
            words: [
              { text: 'décès', language: 'fr' },
              { text: 'death', language: 'en' },
            ],
            line: 'fr: décès; en: death',
          },
          {
            id: 8,
            words: [{ text: 'rio' }],
            alsoFinds: [{ text: 'relevé d’identité opérateur', language: 'fr' }],
            line: 'rio => fr: relevé d’identité opérateur',
          },
        ],
      },
    ],
  },
)

export const Change = Type.Object(
  {
    add: Type.Optional(Type.Array(NewEntry, { maxItems: MOST_AT_ONCE })),
    remove: Type.Optional(
      Type.Array(Type.Integer({ minimum: 0, maximum: 2_147_483_647 }), {
        maxItems: MOST_AT_ONCE,
        description: 'Ids of entries',
      }),
    ),
    text: Type.Optional(
      Type.String({
        maxLength: LONGEST_TEXT,
        description:
          'Entries to add, a line each: `forfait, abonnement` are equal, `rio => relevé d’identité` leads one way, and `fr:` or `en:` gives the language of the words up to the next `;`',
      }),
    ),
    replace: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Whether entries that the text does not have are removed',
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ add: [{ words: [{ text: 'box' }, { text: 'routeur' }] }], remove: [7] }],
  },
)

export const IfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      maxLength: 100,
      description:
        'ETag of the version that the change is based on; 428 if missing, 412 with what others changed if it is another',
    }),
  ),
})

export const Version = Type.Object(
  {
    version: Type.Integer(),
    actor: Type.Optional(Type.Object({ id: Type.String(), name: Type.String() })),
    createdAt: Type.Optional(Type.String()),
    restoredFrom: Type.Optional(Type.Integer()),
    entries: Type.Integer(),
    added: Type.Integer(),
    removed: Type.Integer(),
  },
  {
    examples: [
      {
        version: 3,
        actor: { id: 'acc_01jd3k8q0r2s4t6v8w0x2y4z6a', name: 'Camille' },
        createdAt: '2026-03-02T09:00:00.000Z',
        entries: 120,
        added: 2,
        removed: 1,
      },
    ],
  },
)
export const VersionPage = pageOf(Version)
export const VersionParams = Type.Object({ version: Type.Integer({ minimum: 0, maximum: 999_999_999 }) })
export const VersionChanges = Type.Object(
  {
    version: Type.Integer(),
    added: Type.Array(Type.String(), { description: 'Lines that it added to the version before' }),
    removed: Type.Array(Type.String()),
  },
  { examples: [{ version: 3, added: ['box, routeur'], removed: [] }] },
)

const Title = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['article', 'thread']),
  title: Type.String(),
  language: Type.String(),
})
const FirstResults = Type.Object({
  nothing: Type.Boolean({ description: 'Whether nothing fits: the items are the nearest that there are' }),
  items: Type.Array(Title, { description: 'The first five' }),
})

export const Preview = Type.Object(
  {
    added: Type.Integer(),
    removed: Type.Integer(),
    questions: Type.Integer({
      description:
        'Questions gone through: searches of the last 30 days that found no article (for readers inside the company), and the titles of the articles and threads that changed last',
    }),
    touched: Type.Integer({ description: 'Those that have a word of the change' }),
    asked: Type.Integer({ description: 'Those of them that were asked before and after: 200 at most' }),
    changed: Type.Integer({ description: 'Those whose first five results change' }),
    relevance: Type.Object(
      {
        before: Relevance,
        after: Relevance,
        better: Type.Integer({ description: 'Searches whose first answer would stand higher' }),
        worse: Type.Integer({ description: 'Searches whose first answer would stand lower' }),
      },
      { description: 'How well search answers the judged searches, as it is and as it would be' },
    ),
    items: Type.Array(
      Type.Object({
        kind: Type.Enum(['search', 'article', 'thread'], { description: 'Where the question is from' }),
        text: Type.String({
          description: 'A title; of a search, its words as they are kept, which are stems',
        }),
        language: Type.String(),
        before: FirstResults,
        after: FirstResults,
      }),
      { description: 'The first 50' },
    ),
  },
  {
    examples: [
      {
        added: 1,
        removed: 0,
        questions: 2412,
        touched: 3,
        asked: 3,
        changed: 1,
        relevance: {
          before: { searches: 40, mrr: 0.71, top1: 0.6, top3: 0.8 },
          after: { searches: 40, mrr: 0.74, top1: 0.65, top3: 0.8 },
          better: 2,
          worse: 0,
        },
        items: [
          {
            kind: 'search',
            text: 'death contract',
            language: 'en',
            before: { nothing: true, items: [] },
            after: {
              nothing: false,
              items: [
                {
                  id: 'art_01jd3k8q0r2s4t6v8w0x2y4z6a',
                  kind: 'article',
                  title: 'Résilier après un décès',
                  language: 'fr',
                },
              ],
            },
          },
        ],
      },
    ],
  },
)

const PairedTitle = Type.Object({ id: Type.String(), title: Type.String(), language: Type.String() })

export const Proposals = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        origin: Type.Enum([...ORIGINS], {
          description:
            'Threads that ask the same, articles and their translations, or searches that the same article solved',
        }),
        words: Type.Array(Word),
        pairs: Type.Integer({
          description: 'Pairs of titles, or of searches, of which one has the first and the other the second',
        }),
        examples: Type.Array(Type.Object({ titles: Type.Array(PairedTitle) })),
      }),
    ),
  },
  {
    examples: [
      {
        items: [
          {
            origin: 'translations',
            words: [
              { text: 'décès', language: 'fr' },
              { text: 'death', language: 'en' },
            ],
            pairs: 2,
            examples: [
              {
                titles: [
                  { id: 'art_01jd3k8q0r2s4t6v8w0x2y4z6a', title: 'Que faire après un décès', language: 'fr' },
                  { id: 'art_01jd3k8q0r2s4t6v8w0x2y4z6b', title: 'What to do after a death', language: 'en' },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
)

export const Declined = Type.Object(
  { words: Type.Array(Word, { minItems: 2, maxItems: MOST_WORDS }) },
  { additionalProperties: false },
)
