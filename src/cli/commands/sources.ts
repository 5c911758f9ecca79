import { readFileSync } from 'node:fs'
import { Command, InvalidArgumentError, Option } from 'commander'
import { commandLine } from '../../access/actor.ts'
import { AUDIENCES, type Audience } from '../../access/audience.ts'
import { DELIVERY_STATUSES, type DeliveryStatus } from '../../ingest/deliveries/delivery.ts'
import { listSources } from '../../ingest/readable-sources.ts'
import { webhookKinds } from '../../sources/webhook-kinds.ts'
import { type CommonOptions, everyPage, withApp } from '../open-app.ts'

import { print, table } from '../output.ts'

interface WebhookOptions extends CommonOptions {
  readonly kind: string
  readonly secretFile?: string
  readonly overlapHours?: number
  readonly audience?: Audience
}

interface AccessOptions extends CommonOptions {
  readonly address: string
  readonly user?: string
  readonly tokenFile?: string
}

const JSON_OPTION = ['--json', 'print one line of JSON'] as const

/** `entraide sources`: where threads come from, and what is told by webhook. */
export function sourcesCommand(): Command {
  const command = new Command('sources').description('manage sources, their webhooks and deliveries')
  for (const each of [list(), webhook(), revoke(), access(), deliveries(), retry()]) command.addCommand(each)
  return command
}

function list(): Command {
  return new Command('list')
    .description('list sources, with the time of their last import and delivery')
    .option(...JSON_OPTION)
    .action(({ json = false }: CommonOptions) =>
      withApp(async ({ platform }) => {
        const sources = await listSources(platform, 'internal')
        print(json, { sources }, () =>
          table(
            sources.map(({ name, format, audience, redact, lastImportAt, lastDeliveryAt }) => ({
              name,
              format,
              audience,
              redacted: redact ? 'yes' : 'no',
              'last import': lastImportAt ?? '',
              'last delivery': lastDeliveryAt ?? '',
            })),
          ),
        )
      }),
    )
}

function webhook(): Command {
  return new Command('webhook')
    .description('set up a webhook, or give it a new secret; the secret is shown only once')
    .argument('<source>', 'name of the source; created if it does not exist')
    .addOption(
      new Option('--kind <kind>', 'system that sends the webhook')
        .choices(webhookKinds.map(({ name }) => name))
        .makeOptionMandatory(),
    )
    .option(
      '--secret-file <file>',
      'secret made by the sender (as Zendesk does); - reads it from standard input',
    )
    .option('--overlap-hours <hours>', 'how long the previous secret is still accepted (default: 24)', hours)
    .addOption(
      new Option('--audience <audience>', 'who may see the threads of a new source').choices(AUDIENCES),
    )
    .option(...JSON_OPTION)
    .action((source: string, { json = false, secretFile, ...options }: WebhookOptions) =>
      withApp(async (app) => {
        const secret = secretFile === undefined ? {} : { secret: fromFile(secretFile) }
        const issued = await app.ingest.rotateSecret({
          source,
          ...options,
          ...secret,
          actor: commandLine,
        })
        print(json, issued, () =>
          [
            ...(secretFile === undefined ? [issued.value, ''] : []),
            `${issued.id}. Store the secret now: it is not shown again`,
            `send deliveries as JSON to ${issued.path} at the address of this service`,
            ...(issued.previousUntil
              ? [`the previous secret is accepted until ${issued.previousUntil}`]
              : []),
          ].join('\n'),
        )
      }),
    )
}

function revoke(): Command {
  return new Command('revoke-secret')
    .description('revoke a secret of a webhook at once')
    .argument('<source>')
    .argument('<kind>')
    .argument('<id>', 'id of the secret (whs_…)')
    .option(...JSON_OPTION)
    .action((source: string, kind: string, id: string, { json = false }: CommonOptions) =>
      withApp(async (app) => {
        await app.ingest.revokeSecret({ source, kind, id, actor: commandLine })
        print(json, { revoked: id }, () => `${id} is revoked`)
      }),
    )
}

function access(): Command {
  return new Command('access')
    .description('set the address and token of a source’s API (Zendesk deliveries name only what changed)')
    .argument('<source>')
    .requiredOption('--address <url>', 'such as https://help.example.com')
    .option('--user <email>', 'user that the token belongs to')
    .option('--token-file <file>', 'file with the API token; - reads it from standard input')
    .option(...JSON_OPTION)
    .action((source: string, { address, user, tokenFile, json = false }: AccessOptions, self: Command) => {
      if ((user === undefined) !== (tokenFile === undefined))
        self.error('error: --user and --token-file must be given together', { exitCode: 2 })
      const credentials =
        user === undefined || tokenFile === undefined
          ? {}
          : { credentials: { user, token: fromFile(tokenFile) } }
      return withApp(async (app) => {
        await app.ingest.setApiAccess({
          source,
          access: { address, ...credentials },
          actor: commandLine,
        })
        print(json, { source, address }, () => `the API of ${source} is at ${address}`)
      })
    })
}

function deliveries(): Command {
  return new Command('deliveries')
    .description('list the deliveries of a source, newest first')
    .argument('<source>')
    .addOption(
      new Option('--status <status>', 'only deliveries with this status')
        .choices(DELIVERY_STATUSES)
        .default('failed'),
    )
    .option(...JSON_OPTION)
    .action((name: string, { status, json = false }: CommonOptions & { status: DeliveryStatus }) =>
      withApp(async (app) => {
        const source = await app.ingest.sources.require(name)
        const found = await everyPage((page) => app.ingest.received.list(source.id, { ...page, status }))
        print(json, { deliveries: found }, () =>
          table(
            found.map(({ id, kind, event, receivedAt, attempts, error }) => ({
              id,
              kind,
              event,
              received: receivedAt,
              attempts,
              error: error === undefined ? '' : `${error.code}: ${error.message}`,
            })),
          ),
        )
      }),
    )
}

function retry(): Command {
  return new Command('retry')
    .description('retry failed deliveries')
    .argument('<source>')
    .argument('<ids...>', 'ids of deliveries (del_…)')
    .option(...JSON_OPTION)
    .action((source: string, ids: string[], { json = false }: CommonOptions) =>
      withApp(async (app) => {
        for (const id of ids) await app.ingest.retryDelivery({ source, id, actor: commandLine })
        print(json, { retried: ids }, () => `${ids.length} deliveries will be retried`)
      }),
    )
}

/** Secrets are not arguments: those are seen by whoever lists processes. */
function fromFile(file: string): string {
  return readFileSync(file === '-' ? 0 : file, 'utf8').trim()
}

function hours(text: string): number {
  const number = Number(text)
  if (!(number >= 0 && number <= 720))
    throw new InvalidArgumentError('Expected a number of hours from 0 to 720.')
  return number
}
