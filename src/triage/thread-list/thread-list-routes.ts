import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Audience } from '../../access/audience.ts'
import { CATEGORY } from '../../labels/facet.ts'
import type { AbstentionReason } from '../../learning/risk/abstention.ts'
import { storedTime } from '../../platform/stated-time.ts'
import { presentThread } from '../../threads/present-thread.ts'
import type { Destination } from '../routing/routing-rule.ts'
import { countThreads } from './count-threads.ts'
import { listThreads, type ThreadListDeps } from './list-threads.ts'
import type { ListedDecision, OnFacet, ThreadFilter } from './thread-filter.ts'
import * as schemas from './thread-list-schemas.ts'

const READERS = ['agent', 'knowledge-manager', 'supervisor', 'router'] as const

/** Lists and counts of threads over HTTP, limited to the caller's audience. */
export function threadListRoutes(deps: ThreadListDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/threads',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listThreads',
          summary: 'List threads by labels, decisions, routing and origin',
          description:
            'All filters must hold. Each thread comes with its labels in force, its predictions and its current routing decision.',
          tags: ['threads'],
          querystring: schemas.ThreadListQuery,
          response: { 200: schemas.ThreadList },
        },
      },
      async ({ query: { sort, sortFacet = CATEGORY, limit = 20, cursor, ...query }, actor }) => {
        const filter = filterOf(query, actor.audience)
        const page = await listThreads(deps, { ...filter, sort, sortFacet, limit, cursor })
        return {
          ...page,
          items: page.items.map(({ labels, predictions, ...thread }) => ({
            ...presentThread(thread),
            labels: [...labels],
            predictions: [...predictions],
          })),
        }
      },
    )

    app.get(
      '/threads/counts',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'countThreads',
          summary: 'Count threads, in all and by source, language, status or label',
          description:
            'Takes the filters of the list. Counts at most 10,000 threads, then says so in `atLeast`. A thread counts for its label in force, else for the predicted one.',
          tags: ['threads'],
          querystring: schemas.ThreadCountQuery,
          response: { 200: schemas.ThreadCountsSchema },
        },
      },
      ({ query: { by = [], ...query }, actor }) =>
        countThreads(deps, { ...filterOf(query, actor.audience), by }),
    )
  }
}

function filterOf(
  {
    label,
    decision,
    reason,
    destination,
    createdAfter,
    createdBefore,
    ...rest
  }: Omit<schemas.ThreadCountQuery, 'by'>,
  reader: Audience,
): ThreadFilter {
  return {
    ...rest,
    reader,
    labels: label?.map((each) => onFacet(each)),
    decision: decision === undefined ? undefined : onFacet<ListedDecision>(decision),
    reason: reason === undefined ? undefined : onFacet<AbstentionReason>(reason),
    destination: destination === undefined ? undefined : destinationOf(destination),
    createdAfter: createdAfter && storedTime(createdAfter),
    createdBefore: createdBefore && storedTime(createdBefore),
  }
}

/** @param text `facet:value`, as the schema has checked */
function onFacet<Value extends string = string>(text: string): OnFacet<Value> {
  const at = text.indexOf(':')
  return { facet: text.slice(0, at), value: text.slice(at + 1) as Value }
}

function destinationOf(text: string): NonNullable<ThreadFilter['destination']> {
  const [kind = '', ...name] = text.split(':')
  return { kind: kind as Destination['kind'], name: name.length === 0 ? undefined : name.join(':') }
}
