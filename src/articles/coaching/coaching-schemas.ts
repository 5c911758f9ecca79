import { Type } from 'typebox'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import * as schemas from '../schemas.ts'

export const closed = { additionalProperties: false } as const
export const Named = Type.Object({ id: Type.String(), name: Type.String() })
export const Month = Type.String({ description: 'Month in UTC, such as 2026-11' })
const Note = Type.String({ maxLength: 2000, description: 'What can be learned from it, as plain text' })
export const author = { id: 'usr_01kd0f3k9qv7w2m4n5p6r7s8t', name: 'Camille' }
export const coach = { id: 'usr_01kd0f3k9qv7w2m4n5p6r7s8v', name: 'Noor' }
export const at = '2026-11-03T10:00:00.000Z'
export const window = {
  month: '2026-11',
  from: '2026-10-02T00:00:00.000Z',
  to: '2026-11-01T00:00:00.000Z',
}
export const Window = {
  month: Month,
  from: Type.String({ description: 'What happened from then on was drawn from' }),
  to: Type.String({ description: 'What happened before was drawn from' }),
}

const Point = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }),
    en: Type.String({ maxLength: 300, pattern: '\\S' }),
    fr: Type.String({ maxLength: 300, pattern: '\\S' }),
  },
  closed,
)
const examplePoint = {
  id: 'title',
  en: 'Does the title say what it is about?',
  fr: 'Le titre dit-il de quoi il s’agit ?',
}
const sizes = {
  perPerson: Type.Integer({
    minimum: 0,
    maximum: 50,
    description: 'Articles of one author in the sample of a month',
  }),
  links: Type.Integer({ minimum: 0, maximum: 200, description: 'Links in the sample of a month' }),
}
export const Settings = Type.Object(
  {
    points: Type.Array(Point, {
      minItems: 1,
      maxItems: 20,
      description: 'Questions, asked so that yes is good',
    }),
    ...sizes,
  },
  { ...closed, examples: [{ points: [examplePoint], perPerson: 5, links: 30 }] },
)
export const StoredSettings = Type.Object(
  {
    version: Type.Integer({ description: 'Version of the checklist, which scores name' }),
    points: Type.Array(Point),
    ...sizes,
  },
  { examples: [{ version: 1, points: [examplePoint], perPerson: 5, links: 30 }] },
)

const Answer = Type.Object(
  {
    point: Type.String({ maxLength: 40, description: 'Id of the point' }),
    met: Type.Boolean({ description: 'Yes or no' }),
    note: Type.Optional(Note),
  },
  closed,
)
const exampleAnswer = { point: 'title', met: false, note: 'Say which menu.' }

export const SampleQuery = Type.Object(PageQuery.properties, closed)
export const Sample = Type.Object(
  {
    ...Window,
    total: Type.Integer({ description: 'Articles in the sample, without the caller’s own' }),
    scored: Type.Integer(),
    items: Type.Array(
      Type.Object({
        articleId: Type.String(),
        author: Named,
        revision: Type.Integer({ description: 'The last revision of the author in that time' }),
        content: Type.Object(schemas.contentFields),
        score: Type.Optional(
          Type.Object({
            checklist: Type.Integer({ description: 'Version of the checklist' }),
            answers: Type.Array(Answer),
            coach: Named,
            at: Type.String(),
          }),
        ),
      }),
    ),
    next: Type.Optional(Type.String()),
  },
  {
    examples: [
      {
        ...window,
        total: 1,
        scored: 1,
        items: [
          {
            articleId: schemas.exampleState.id,
            author,
            revision: 3,
            content: schemas.exampleContent,
            score: { checklist: 1, answers: [exampleAnswer], coach, at },
          },
        ],
      },
    ],
  },
)

export const NewScore = Type.Object(
  {
    articleId: Type.String({ maxLength: 100 }),
    authorId: Type.String({ maxLength: 100 }),
    checklist: Type.Integer({ description: 'Version of the checklist that was answered' }),
    answers: Type.Array(Answer, { maxItems: 20, description: 'One for each point' }),
  },
  {
    ...closed,
    examples: [
      {
        articleId: schemas.exampleState.id,
        authorId: author.id,
        checklist: 1,
        answers: [exampleAnswer],
      },
    ],
  },
)

export const ScoreQuery = Type.Object(
  {
    ...PageQuery.properties,
    author: Type.Optional(
      Type.String({ maxLength: 100, description: 'Id of an author; the caller by default' }),
    ),
  },
  closed,
)
export const ScorePage = pageOf(
  Type.Object(
    {
      month: Month,
      author: Named,
      articleId: Type.String(),
      title: Type.String(),
      language: Type.String(),
      revision: Type.Integer(),
      category: Type.Optional(Type.String()),
      checklist: Type.Integer(),
      answers: Type.Array(
        Type.Object({
          id: Type.String(),
          en: Type.String(),
          fr: Type.String(),
          met: Type.Boolean(),
          note: Type.Optional(Type.String()),
        }),
      ),
      coach: Named,
      at: Type.String(),
    },
    {
      examples: [
        {
          month: window.month,
          author,
          articleId: schemas.exampleState.id,
          title: schemas.exampleContent.title,
          language: 'fr',
          revision: 3,
          checklist: 1,
          answers: [{ ...examplePoint, met: false, note: exampleAnswer.note }],
          coach,
          at,
        },
      ],
    },
  ),
)
