import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Account } from './account.ts'
import {
  type AccountDeps,
  changeAccount,
  disableAccount,
  enableAccount,
  endSessionsOfAccount,
  inviteAccount,
  issueResetLink,
} from './manage-accounts.ts'
import {
  AccountEditBody,
  AccountPage,
  AccountParams,
  AccountQuery,
  AccountSchema,
  InvitationBody,
  InvitedSchema,
  LinkSchema,
} from './schemas.ts'

/** `/accounts` for administrators. */
export function accountRoutes(deps: AccountDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/accounts',
      {
        config: { allow: ['admin'] },
        schema: {
          operationId: 'listAccounts',
          summary: 'List accounts by name, including disabled ones',
          tags: ['accounts'],
          querystring: AccountQuery,
          response: { 200: AccountPage },
        },
      },
      async ({ actor, query }) => {
        const { items, ...rest } = await deps.accounts.list(actor.audience, query)
        return { items: items.map(shown), ...rest }
      },
    )

    app.post(
      '/accounts',
      {
        // The answer holds a secret, so it must not be remembered; the e-mail address keeps a retry from making two.
        config: { allow: ['admin'], idempotent: false },
        schema: {
          operationId: 'inviteAccount',
          summary: 'Create an account, and a link by which its owner sets a password',
          description:
            'The link appears in this response only. Idempotency-Key is not accepted: repeating the request answers 409.',
          tags: ['accounts'],
          body: InvitationBody,
          response: { 201: InvitedSchema },
        },
      },
      async ({ actor, body }, reply) => {
        const { account, link } = await inviteAccount(deps, { ...body, actor })
        return reply.code(201).send({ ...shown(account), ...link })
      },
    )

    app.patch(
      '/accounts/:id',
      {
        config: { allow: ['admin'] },
        schema: {
          operationId: 'changeAccount',
          summary: 'Change the name, roles, audience or proficiency of an account',
          description: 'Holds from the next request of the person on.',
          tags: ['accounts'],
          params: AccountParams,
          body: AccountEditBody,
          response: { 200: AccountSchema },
        },
      },
      async ({ actor, params, body }) => shown(await changeAccount(deps, { ...body, id: params.id, actor })),
    )

    app.post(
      '/accounts/:id/disable',
      {
        config: { allow: ['admin'] },
        schema: {
          operationId: 'disableAccount',
          summary: 'Disable an account, and end its sessions',
          tags: ['accounts'],
          params: AccountParams,
          response: { 200: AccountSchema },
        },
      },
      async ({ actor, params }) => shown(await disableAccount(deps, { id: params.id, actor })),
    )

    app.post(
      '/accounts/:id/enable',
      {
        config: { allow: ['admin'] },
        schema: {
          operationId: 'enableAccount',
          summary: 'Enable an account again',
          tags: ['accounts'],
          params: AccountParams,
          response: { 200: AccountSchema },
        },
      },
      async ({ actor, params }) => shown(await enableAccount(deps, { id: params.id, actor })),
    )

    app.post(
      '/accounts/:id/reset-link',
      {
        config: { allow: ['admin'], idempotent: false },
        schema: {
          operationId: 'issueResetLink',
          summary: 'Create a link by which a person sets a new password',
          description:
            'To be handed over; appears in this response only. Earlier links of the account become invalid, its password does not.',
          tags: ['accounts'],
          params: AccountParams,
          response: { 200: LinkSchema },
        },
      },
      async ({ actor, params }) => issueResetLink(deps, { id: params.id, actor }),
    )

    app.delete(
      '/accounts/:id/sessions',
      {
        config: { allow: ['admin'] },
        schema: {
          operationId: 'endSessionsOfAccount',
          summary: 'End all sessions of an account',
          tags: ['accounts'],
          params: AccountParams,
          response: { 204: Type.Null({ description: 'The person is signed out everywhere' }) },
        },
      },
      async ({ actor, params }, reply) => {
        await endSessionsOfAccount(deps, { id: params.id, actor })
        return reply.code(204).send(null)
      },
    )
  }
}

/** As the schema has it, whose lists are not read-only. */
function shown({ roles, ...account }: Account) {
  return { ...account, roles: [...roles] }
}
