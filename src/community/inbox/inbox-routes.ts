import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import * as schemas from './inbox-schemas.ts'
import {
  countInbox,
  listColleagues,
  listInbox,
  listMarks,
  type ReadDeps,
  showInboxThread,
} from './read-inbox.ts'
import {
  assignThread,
  calmThread,
  escalateThread,
  mergeDuplicate,
  releaseThread,
  takeThread,
  transferThread,
  type WorkDeps,
} from './work-on-thread.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const WORKERS = ['agent', 'knowledge-manager'] as const
const tags = ['inbox']

/** The inbox over HTTP: what waits for colleagues, and what they do with it. */
export function inboxRoutes(deps: WorkDeps & ReadDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/inbox',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listInbox',
          summary: 'List the threads that wait for colleagues',
          description:
            'Threads without an accepted answer that the routing rules or a colleague sent to a queue: what is due first on top, then what has no time limit, by priority, then what waits for its asker.',
          tags,
          querystring: schemas.InboxQuery,
          response: { 200: schemas.InboxPage },
        },
      },
      async ({ query: { cursor, limit = 20, assignee, ...filter }, actor }) => {
        const of = assignee === 'me' ? actor.id : assignee
        const page = await listInbox(
          deps,
          { ...filter, assignee: of, reader: actor.audience },
          { cursor, limit },
        )
        return { ...page, items: [...page.items] }
      },
    )

    app.get(
      '/inbox/counts',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'countInbox',
          summary: 'Count the threads of the inbox',
          tags,
          response: { 200: schemas.Counts },
        },
      },
      async ({ actor }) => {
        const { queues, ...counts } = await countInbox(deps, actor)
        return { ...counts, queues: [...queues] }
      },
    )

    app.get(
      '/inbox/colleagues',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listInboxColleagues',
          summary: 'List those who may be given a thread',
          description: 'At most 50, by name.',
          tags,
          querystring: schemas.ColleagueQuery,
          response: { 200: schemas.Colleagues },
        },
      },
      async ({ query, actor }) => ({ items: await listColleagues(deps, { ...query, actor }) }),
    )

    app.get(
      '/inbox/marks',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listAnswerMarks',
          summary: 'Count how often askers found the answers of colleagues useful',
          description: 'In the last 90 days. Agents see their own.',
          tags,
          response: { 200: schemas.Marks },
        },
      },
      async ({ actor }) => ({ items: await listMarks(deps, actor) }),
    )

    app.get(
      '/inbox/:id',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'getInboxThread',
          summary: 'Get a thread of the inbox, and what was done with it there',
          tags,
          params: schemas.ThreadParams,
          response: { 200: schemas.ShownThread },
        },
      },
      async ({ params, actor }) => {
        const { steps, ...thread } = await showInboxThread(deps, params.id, actor)
        return { ...thread, steps: [...steps] }
      },
    )

    app.post(
      '/inbox/:id/take',
      {
        config: { allow: WORKERS },
        schema: {
          operationId: 'takeInboxThread',
          summary: 'Take a thread',
          description:
            'It is yours until you release it. Of two who take it at once, one is told who has it.',
          tags,
          params: schemas.ThreadParams,
          body: schemas.Taking,
          response: { 200: schemas.ListedThread },
        },
      },
      async ({ params, body, actor }) => takeThread(deps, { threadId: params.id, actor, ...body }),
    )

    app.post(
      '/inbox/:id/release',
      {
        config: { allow: WORKERS },
        schema: {
          operationId: 'releaseInboxThread',
          summary: 'Give a thread back to its queue',
          tags,
          params: schemas.ThreadParams,
          body: schemas.Taking,
          response: { 200: schemas.ListedThread },
        },
      },
      async ({ params, body, actor }) => releaseThread(deps, { threadId: params.id, actor, ...body }),
    )

    app.post(
      '/inbox/:id/assign',
      {
        config: { allow: WORKERS },
        schema: {
          operationId: 'assignInboxThread',
          summary: 'Give a thread to a colleague',
          tags,
          params: schemas.ThreadParams,
          body: schemas.Assignment,
          response: { 200: schemas.ListedThread },
        },
      },
      async ({ params, body, actor }) => assignThread(deps, { threadId: params.id, actor, ...body }),
    )

    app.post(
      '/inbox/:id/transfer',
      {
        config: { allow: WORKERS },
        schema: {
          operationId: 'transferInboxThread',
          summary: 'Move a thread to another queue',
          description:
            'Nobody has it there yet, and the rules leave it there. Moved back to where they would have it, they decide again.',
          tags,
          params: schemas.ThreadParams,
          body: schemas.Transfer,
          response: { 200: schemas.ListedThread },
        },
      },
      async ({ params, body, actor }) => transferThread(deps, { threadId: params.id, actor, ...body }),
    )

    app.post(
      '/inbox/:id/escalation',
      {
        config: { allow: WORKERS },
        schema: {
          operationId: 'escalateInboxThread',
          summary: 'Escalate a thread',
          description: 'Raises its priority, to high at least. Whoever has it keeps it.',
          tags,
          params: schemas.ThreadParams,
          body: schemas.Escalation,
          response: { 200: schemas.ListedThread },
        },
      },
      async ({ params, body, actor }) =>
        escalateThread(deps, { threadId: params.id, actor, note: body.note.trim() }),
    )

    app.delete(
      '/inbox/:id/escalation',
      {
        config: { allow: WORKERS },
        schema: {
          operationId: 'calmInboxThread',
          summary: 'Take an escalation back',
          tags,
          params: schemas.ThreadParams,
          response: { 200: schemas.ListedThread },
        },
      },
      async ({ params, actor }) => calmThread(deps, { threadId: params.id, actor }),
    )

    app.post(
      '/inbox/:id/merge',
      {
        config: { allow: WORKERS },
        schema: {
          operationId: 'mergeInboxThread',
          summary: 'Merge a thread into another that asks the same',
          description:
            'As the merge of threads, which also takes it back; refused while a colleague has the thread.',
          tags,
          params: schemas.ThreadParams,
          body: schemas.Duplicate,
          response: { 204: Type.Null({ description: 'Merged' }) },
        },
      },
      async ({ params, body, actor }, reply) => {
        await mergeDuplicate(deps, { threadId: params.id, actor, ...body })
        return reply.code(204).send(null)
      },
    )
  }
}
