import { Type } from 'typebox'
import { DAYS } from '../../search/log/log-schemas.ts'
import { DEMANDS, GAP_REASONS } from './gap.ts'

export const GapsQuery = Type.Object(
  {
    days: Type.Optional(DAYS),
    demand: Type.Optional(
      Type.Enum(['new', 'not-found'], { description: 'Only those without an article, or with one' }),
    ),
    state: Type.Optional(
      Type.Enum(['open', 'declined', 'linked'], { default: 'open', description: 'What was decided on them' }),
    ),
  },
  { additionalProperties: false },
)

export const GapQuery = Type.Object({ days: Type.Optional(DAYS) }, { additionalProperties: false })

export const GapParams = Type.Object({ id: Type.String({ maxLength: 100, description: 'Id of the gap' }) })

const gap = {
  id: Type.String(),
  language: Type.String({ description: '`und` where it is unknown' }),
  text: Type.String({ description: 'As most ask it' }),
  asked: Type.Integer({ description: 'How often; one visit counts once a day' }),
  visitors: Type.Integer({ description: 'Visits to the help centre among them, of each search' }),
  helped: Type.Integer({
    description: 'Those after which something was opened, and nobody said that it did not help',
  }),
  failed: Type.Integer({ description: 'Those for which there was no article' }),
  lastDay: Type.String({ format: 'date' }),
  demand: Type.Enum(['new', 'not-found'], {
    description: '`not-found`: an article would have answered; `new`: there is none',
  }),
  article: Type.Optional(
    Type.Object(
      { id: Type.String(), title: Type.String() },
      { description: 'The one that would have answered' },
    ),
  ),
  decision: Type.Optional(
    Type.Object({
      decision: Type.Enum(['declined', 'linked']),
      reason: Type.Optional(Type.Enum([...GAP_REASONS])),
      note: Type.Optional(Type.String()),
      by: Type.Optional(Type.String()),
      at: Type.String({ format: 'date-time' }),
    }),
  ),
}

const exampleGap = {
  id: 'gap_01jd3k8q0r2s4t6v',
  language: 'fr',
  text: 'résilier box décès',
  asked: 23,
  visitors: 21,
  helped: 2,
  failed: 18,
  lastDay: '2026-01-14',
  demand: 'new',
} as const

export const GapList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        ...gap,
        queries: Type.Integer({ description: 'In how many ways it is asked' }),
        threads: Type.Integer({
          description: 'Threads that ask the same and that the caller may see, 20 at most',
        }),
      }),
    ),
    demand: Type.Object(
      Object.fromEntries(DEMANDS.map((each) => [each, Type.Integer()])) as Record<
        (typeof DEMANDS)[number],
        ReturnType<typeof Type.Integer>
      >,
      {
        description:
          'How often what was asked was answered (`linked`), would have been by an article that was not found, or by none that there is',
      },
    ),
  },
  {
    examples: [
      {
        items: [{ ...exampleGap, queries: 4, threads: 6 }],
        demand: { new: 112, 'not-found': 340, linked: 2_405 },
      },
    ],
  },
)

export const Gap = Type.Object(
  {
    ...gap,
    queries: Type.Array(
      Type.Object({
        text: Type.String(),
        asked: Type.Integer(),
        helped: Type.Integer(),
        failed: Type.Integer(),
      }),
    ),
    threads: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), resolved: Type.Boolean() })),
    candidateId: Type.Optional(
      Type.String({ description: 'The candidate for an article that its threads are part of' }),
    ),
  },
  {
    examples: [
      {
        ...exampleGap,
        queries: [{ text: 'résilier box décès', asked: 15, helped: 1, failed: 12 }],
        threads: [],
      },
    ],
  },
)

export const GapChoice = Type.Object(
  {
    decision: Type.Enum(['link', 'phrase', 'decline'], {
      description:
        '`link`: an article answers it; `phrase`: it does, and people call it so; `decline`: no article is wanted',
    }),
    articleId: Type.Optional(Type.String({ maxLength: 100, description: 'To `link` or `phrase`' })),
    reason: Type.Optional(Type.Enum([...GAP_REASONS], { description: 'To `decline`' })),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false, examples: [{ decision: 'decline', reason: 'out-of-scope' }] },
)
