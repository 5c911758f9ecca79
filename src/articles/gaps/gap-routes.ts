import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Actor } from '../../access/actor.ts'
import { decideOnGap, undoGapDecision } from './decide-on-gap.ts'
import { candidateOf, findGaps, type Gap, type GapDeps, requireGap } from './find-gaps.ts'
import * as schemas from './gap-schemas.ts'

const LEADS = ['knowledge-manager', 'supervisor'] as const
const MANAGER = ['knowledge-manager'] as const
const tags = ['search']
const DAYS = 30

/** What was searched for in vain. */
export function gapRoutes(deps: GapDeps): FastifyPluginAsyncTypebox {
  async function show(wanted: { readonly id: string; readonly days: number; readonly actor: Actor }) {
    const gap = await requireGap(deps, wanted)
    return {
      ...gap,
      queries: gap.queries.map(({ text, asked, helped, failed }) => ({ text, asked, helped, failed })),
      threads: [...gap.threads],
      candidateId: await candidateOf(deps, gap),
    }
  }
  const stateOf = ({ decision }: Gap) => decision?.decision ?? 'open'

  return async (app) => {
    app.get(
      '/search/gaps',
      {
        config: { allow: LEADS },
        schema: {
          operationId: 'listSearchGaps',
          summary: 'List what was searched for in vain',
          description:
            'Searches that ask the same and helped fewer than half of those who asked, what was asked in vain most first, 200 at most. Searches of audiences that the caller may not see have no part in it.',
          tags,
          querystring: schemas.GapsQuery,
          response: { 200: schemas.GapList },
        },
      },
      async ({ query: { days = DAYS, demand: wanted, state = 'open' }, actor }) => {
        const { items, demand } = await findGaps(deps, { days, actor })
        const shown = items.filter(
          (gap) => stateOf(gap) === state && (wanted === undefined || gap.demand === wanted),
        )
        return {
          items: shown.slice(0, 200).map((gap) => ({
            ...gap,
            queries: gap.queries.length,
            threads: gap.threads.length,
          })),
          demand,
        }
      },
    )

    app.get(
      '/search/gaps/:id',
      {
        config: { allow: LEADS },
        schema: {
          operationId: 'getSearchGap',
          summary: 'Get what was searched for in vain, with its searches and the threads that ask the same',
          tags,
          params: schemas.GapParams,
          querystring: schemas.GapQuery,
          response: { 200: schemas.Gap },
        },
      },
      async ({ params: { id }, query: { days = DAYS }, actor }) => show({ id, days, actor }),
    )

    app.post(
      '/search/gaps/:id/decisions',
      {
        config: { allow: MANAGER },
        schema: {
          operationId: 'decideOnSearchGap',
          summary: 'Link what was searched for in vain to an article, or decline it',
          description: 'It holds for all searches of the gap. Decided again, the later decision holds.',
          tags,
          params: schemas.GapParams,
          querystring: schemas.GapQuery,
          body: schemas.GapChoice,
          response: { 200: schemas.Gap },
        },
      },
      async ({ params: { id }, query: { days = DAYS }, body, actor }) => {
        await decideOnGap(deps, { id, days, choice: body, actor })
        return show({ id, days, actor })
      },
    )

    app.delete(
      '/search/gaps/:id/decisions',
      {
        config: { allow: MANAGER },
        schema: {
          operationId: 'undoSearchGapDecision',
          summary: 'Take back what was decided on a gap',
          description: 'A phrasing that was added to an article stays.',
          tags,
          params: schemas.GapParams,
          querystring: schemas.GapQuery,
          response: { 200: schemas.Gap },
        },
      },
      async ({ params: { id }, query: { days = DAYS }, actor }) => {
        await undoGapDecision(deps, { id, days, actor })
        return show({ id, days, actor })
      },
    )
  }
}
