import { Command, InvalidArgumentError, Option } from 'commander'
import { commandLine, ROLES, type Role } from '../../../access/actor.ts'
import { AUDIENCES, type Audience } from '../../../access/audience.ts'

import { type CommonOptions, everyPage, withApp } from '../../open-app.ts'

import { print, table } from '../../output.ts'

interface CreateOptions extends CommonOptions {
  readonly name: string
  readonly role: Role[]
  readonly audience: Audience
}

/** `entraide keys`: who may call the API. */
export function keysCommand(): Command {
  const command = new Command('keys').description('create, list and revoke API keys')
  command
    .command('create')
    .description('create an API key; its token is shown only once')
    .requiredOption('--name <name>', 'who or what uses the key')
    .addOption(new Option('--role <role...>', 'what the key may do').choices(ROLES).makeOptionMandatory())
    .addOption(
      new Option('--audience <audience>', 'what the key may see').choices(AUDIENCES).default('internal'),
    )
    .option('--json', 'print one line of JSON')
    .action(({ name, role, audience, json = false }: CreateOptions) =>
      withApp(async (app) => {
        const { key, token } = await app.access.createKey({
          name,
          roles: role,
          audience,
          actor: commandLine,
        })
        print(
          json,
          { ...key, token },
          () => `${token}\n\n${key.id}, for ${role.join(', ')}. Store the token now: it is not shown again`,
        )
      }),
    )
  command
    .command('list')
    .description('list keys without their tokens')
    .option('--json', 'print one line of JSON')
    .action(({ json = false }: CommonOptions) =>
      withApp(async (app) => {
        const keys = await everyPage((page) => app.access.keys.list(commandLine.audience, page))
        print(json, { keys }, () =>
          table(
            keys.map(({ id, name, roles, audience, createdAt, revokedAt }) => ({
              id,
              name,
              roles: roles.join(','),
              audience,
              created: createdAt,
              revoked: revokedAt ?? '',
            })),
          ),
        )
      }),
    )
  command
    .command('revoke')
    .description('revoke a key; it is refused from the next request on')
    .argument('<id>', 'id of the key, as shown by `keys list`', keyId)
    .option('--json', 'print one line of JSON')
    .action((id: string, { json = false }: CommonOptions) =>
      withApp(async (app) => {
        await app.access.revokeKey({ id, actor: commandLine })
        print(json, { revoked: id }, () => `${id} is revoked`)
      }),
    )
  return command
}

function keyId(text: string): string {
  if (!/^key_/.test(text)) throw new InvalidArgumentError('Expected the id of a key (key_…), not its token.')
  return text
}
