import { Type } from 'typebox'
import * as schemas from '../schemas.ts'
import { USE_KINDS } from '../use/use.ts'
import { JUDGEMENTS } from './coaching.ts'
import { at, author, closed, coach, Month, Named, Window, window } from './coaching-schemas.ts'

const Judged = Type.Enum([...JUDGEMENTS], {
  description: 'Whether the article answers what it was linked to; `unclear`: that cannot be told',
})
const exampleLink = {
  useId: 'use_01kd0f3k9qv7w2m4n5p6r7s8t',
  articleId: schemas.exampleState.id,
  title: schemas.exampleContent.title,
  language: 'fr',
  kind: 'case',
  reference: 'CASE-4711',
  by: author,
  usedAt: '2026-10-14T09:00:00.000Z',
}
export const Links = Type.Object(
  {
    ...Window,
    items: Type.Array(
      Type.Object({
        useId: Type.String(),
        articleId: Type.String(),
        title: Type.String(),
        language: Type.String(),
        kind: Type.Enum([...USE_KINDS]),
        reference: Type.String(),
        by: Named,
        usedAt: Type.String(),
        judged: Type.Optional(
          Type.Object({
            judgement: Judged,
            coach: Named,
            at: Type.String(),
          }),
        ),
      }),
    ),
  },
  {
    examples: [
      {
        ...window,
        from: '2026-08-03T00:00:00.000Z',
        items: [{ ...exampleLink, judged: { judgement: 'right', coach, at } }],
      },
    ],
  },
)
export const NewJudgement = Type.Object(
  {
    use: Type.String({ maxLength: 100, description: 'Id of the use' }),
    judgement: Judged,
  },
  { ...closed, examples: [{ use: exampleLink.useId, judgement: 'right' }] },
)

const Share = Type.Object(
  { share: Type.Number(), low: Type.Number(), high: Type.Number() },
  { description: 'With its 95 % interval (Wilson 1927)' },
)
const Means = Type.Array(
  Type.Object({
    month: Month,
    articles: Type.Integer({ description: 'Articles scored' }),
    mean: Type.Number({ description: 'Mean share of points met, from 0 to 1' }),
  }),
)
const exampleMeans = [{ month: window.month, articles: 5, mean: 0.83 }]
export const Figures = Type.Object(
  {
    months: Type.Array(Month),
    people: Type.Array(Type.Object({ ...Named.properties, months: Means }), {
      description: 'By name, never by score; to an author, only themselves',
    }),
    teams: Type.Optional(
      Type.Array(Type.Object({ category: Type.String(), owner: Type.Optional(Named), months: Means }), {
        description: 'All who wrote in a category; for coaches and supervisors',
      }),
    ),
    links: Type.Optional(
      Type.Object(
        {
          rate: Type.Array(
            Type.Object({
              month: Month,
              threads: Type.Integer({
                description: 'Threads that began in the month and are resolved or closed',
              }),
              linked: Type.Integer({
                description: 'Those that an article was used for, was made from, or answers',
              }),
              cases: Type.Integer({
                description: 'Cases for which an article was used in the month; those without are not known',
              }),
              rate: Type.Optional(Share),
            }),
            { description: 'A rate is absent below 30 threads: too few to say' },
          ),
          accuracy: Type.Array(
            Type.Object({
              month: Month,
              right: Type.Integer(),
              wrong: Type.Integer(),
              unclear: Type.Integer(),
              accuracy: Type.Optional(Share),
            }),
            { description: 'Of sampled links that were judged right or wrong' },
          ),
        },
        { description: 'For coaches and supervisors' },
      ),
    ),
  },
  {
    examples: [
      {
        months: ['2026-10', window.month],
        people: [{ ...author, months: exampleMeans }],
        teams: [{ category: 'roaming', owner: coach, months: exampleMeans }],
        links: {
          rate: [
            {
              month: window.month,
              threads: 120,
              linked: 84,
              cases: 31,
              rate: { share: 0.7, low: 0.613, high: 0.775 },
            },
          ],
          accuracy: [
            {
              month: window.month,
              right: 25,
              wrong: 3,
              unclear: 2,
              accuracy: { share: 0.893, low: 0.728, high: 0.963 },
            },
          ],
        },
      },
    ],
  },
)
