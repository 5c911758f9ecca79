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

const JSON_OPTION = ['--json', 'one JSON line'] as const

/** `entraide sources`: where threads come from, and what is told by webhook. */
export function sourcesCommand(): Command {
  const command = new Command('sources').description('sources, their webhooks, and what was delivered')
  for (const each of [list(), webhook(), revoke(), access(), deliveries(), retry()]) command.addCommand(each)
  return command
}

function list(): Command {
  return new Command('list')
    .description('list sources, with when each was last heard of')
    .option(...JSON_OPTION)
    .action(({ json = false }: CommonOptions) =>
      withApp(async ({ platform: { db } }) => {
        const sources = await listSources(db, 'internal')
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
    .description('set a webhook up, or give it a new secret; the secret is shown this once')
    .argument('<source>', 'name of the source; a new one is made')
    .addOption(
      new Option('--kind <kind>', 'who sends')
        .choices(webhookKinds.map(({ name }) => name))
        .makeOptionMandatory(),
    )
    .option('--secret-file <file>', 'a secret that the sender made (Zendesk does); - reads it from stdin')
    .option('--overlap-hours <hours>', 'how long the secret before is still accepted (24 unless told)', hours)
    .addOption(new Option('--audience <audience>', 'who may see what a new source tells').choices(AUDIENCES))
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
            `${issued.id}; the secret is not shown again`,
            `deliver to ${issued.path} below the address of this service, as JSON`,
            ...(issued.previousUntil ? [`the secret before is accepted until ${issued.previousUntil}`] : []),
          ].join('\n'),
        )
      }),
    )
}

function revoke(): Command {
  return new Command('revoke-secret')
    .description('end a secret of a webhook at once')
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
    .description('say where a source is and how its API is asked (Zendesk tells only what changed)')
    .argument('<source>')
    .requiredOption('--address <url>', 'such as https://help.example.com')
    .option('--user <email>', 'whose token it is')
    .option('--token-file <file>', 'file with the API token; - reads it from stdin')
    .option(...JSON_OPTION)
    .action((source: string, { address, user, tokenFile, json = false }: AccessOptions, self: Command) => {
      if ((user === undefined) !== (tokenFile === undefined))
        self.error('error: --user and --token-file go together', { exitCode: 2 })
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
        print(json, { source, address }, () => `${source} is at ${address}`)
      })
    })
}

function deliveries(): Command {
  return new Command('deliveries')
    .description('what a source delivered, newest first')
    .argument('<source>')
    .addOption(new Option('--status <status>', 'only these').choices(DELIVERY_STATUSES).default('failed'))
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
    .description('try failed deliveries again')
    .argument('<source>')
    .argument('<ids...>', 'ids of deliveries (del_…)')
    .option(...JSON_OPTION)
    .action((source: string, ids: string[], { json = false }: CommonOptions) =>
      withApp(async (app) => {
        for (const id of ids) await app.ingest.retryDelivery({ source, id, actor: commandLine })
        print(json, { retried: ids }, () => `${ids.length} deliveries will be tried again`)
      }),
    )
}

/** Secrets are not arguments: those are seen by whoever lists processes. */
function fromFile(file: string): string {
  return readFileSync(file === '-' ? 0 : file, 'utf8').trim()
}

function hours(text: string): number {
  const number = Number(text)
  if (!(number >= 0 && number <= 720)) throw new InvalidArgumentError('It takes hours, from 0 to 720.')
  return number
}
