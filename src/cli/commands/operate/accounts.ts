import { Command, Option } from 'commander'
import { LANGUAGES, type Language, normalisedEmail } from '../../../access/accounts/account.ts'
import type { IssuedLink } from '../../../access/accounts/link-store.ts'
import { commandLine, PROFICIENCIES, type Proficiency, ROLES, type Role } from '../../../access/actor.ts'
import { AUDIENCES, type Audience } from '../../../access/audience.ts'
import { accessErrors } from '../../../access/errors.ts'
import type { App } from '../../../app.ts'
import { type CommonOptions, everyPage, withApp } from '../../open-app.ts'
import { print, table } from '../../output.ts'

interface InviteOptions extends CommonOptions {
  readonly name?: string
  readonly email?: string
  readonly role?: Role[]
  readonly audience?: Audience
  readonly language?: Language
  readonly proficiency?: Proficiency
}

/** `entraide accounts`: the people who may sign in. */
export function accountsCommand(): Command {
  const command = new Command('accounts').description('invite people, and say who may sign in')
  command
    .command('list')
    .description('list accounts by name')
    .option('--json', 'print one line of JSON')
    .action(({ json = false }: CommonOptions) =>
      withApp(async (app) => {
        const accounts = await everyPage((page) => app.access.accounts.list(commandLine.audience, page))
        print(json, { accounts }, () =>
          table(
            accounts.map(({ id, name, email, roles, audience, status }) => ({
              id,
              name,
              email,
              roles: roles.join(','),
              audience,
              status,
            })),
          ),
        )
      }),
    )
  command
    .command('invite')
    .description('create an account and a link to hand over; without options, the first administrator’s link')
    .option('--name <name>', 'what the person is called')
    .option('--email <email>', 'the address with which they sign in')
    .addOption(new Option('--role <role...>', 'what they may do').choices(ROLES))
    .addOption(
      new Option('--audience <audience>', 'what they may see (default: internal)').choices(AUDIENCES),
    )
    .addOption(new Option('--language <language>', 'language of mail to them').choices(LANGUAGES))
    .addOption(new Option('--proficiency <level>', 'how far they are trained').choices(PROFICIENCIES))
    .option('--json', 'print one line of JSON')
    .action(({ json = false, ...options }: InviteOptions) =>
      withApp((app) =>
        // Whoever says anything of the person means that person, not an administrator.
        Object.keys(options).length === 0 ? inviteAdministrator(app, json) : invite(app, options, json),
      ),
    )
  change('disable', 'sign a person out everywhere, for good', async (app, id) => {
    await app.access.disableAccount({ id, actor: commandLine })
    return { shown: { disabled: id }, text: `${id} is disabled` }
  })
  change('enable', 'let a person sign in again', async (app, id) => {
    await app.access.enableAccount({ id, actor: commandLine })
    return { shown: { enabled: id }, text: `${id} is enabled` }
  })
  change('reset', 'create a link by which a person sets a new password', async (app, id) => {
    const issued = await app.access.issueResetLink({ id, actor: commandLine })
    return { shown: { id, ...linkOf(app, issued) }, text: linkText(app, issued) }
  })
  return command

  function change(
    name: string,
    description: string,
    work: (app: App, id: string) => Promise<{ shown: object; text: string }>,
  ): void {
    command
      .command(name)
      .description(description)
      .argument('<account>', 'id or e-mail address, as shown by `accounts list`')
      .option('--json', 'print one line of JSON')
      .action((account: string, { json = false }: CommonOptions) =>
        withApp(async (app) => {
          const { shown, text } = await work(app, await idOf(app, account))
          print(json, shown, () => text)
        }),
      )
  }
}

/** @throws CodedError INVITATION_INCOMPLETE, and what `inviteAccount` throws */
async function invite(app: App, options: Omit<InviteOptions, 'json'>, json: boolean): Promise<void> {
  const { name, email, role, audience = 'internal', language, proficiency } = options
  if (name === undefined || email === undefined || role === undefined) {
    const needed = { '--name': name, '--email': email, '--role': role }
    const missing = Object.entries(needed).flatMap(([option, value]) => (value === undefined ? [option] : []))
    throw accessErrors.INVITATION_INCOMPLETE({ missing: missing.join(', ') })
  }
  const { account, link } = await app.access.inviteAccount({
    name,
    email,
    roles: role,
    audience,
    language,
    proficiency,
    actor: commandLine,
  })
  print(
    json,
    { ...account, ...linkOf(app, link) },
    () => `${account.id}, for ${role.join(', ')}. ${linkText(app, link)}`,
  )
}

async function inviteAdministrator(app: App, json: boolean): Promise<void> {
  const issued = await app.access.issueAdministratorLink()
  if (issued === undefined) throw accessErrors.ADMINISTRATOR_EXISTS()
  print(json, linkOf(app, issued), () => `For the first administrator. ${linkText(app, issued)}`)
}

/** @throws CodedError ACCOUNT_NOT_FOUND */
async function idOf(app: App, account: string): Promise<string> {
  if (account.startsWith('usr_')) return account
  const found = await app.access.accounts.findByEmail(normalisedEmail(account))
  if (found === undefined) throw accessErrors.ACCOUNT_NOT_FOUND({ id: account })
  return found.id
}

function linkOf(app: App, issued: IssuedLink) {
  return { link: app.access.addressOf(issued), expiresAt: issued.expiresAt }
}

function linkText(app: App, issued: IssuedLink): string {
  return `Open this link before ${issued.expiresAt}; it works once and is not shown again:\n\n${app.access.addressOf(issued)}`
}
