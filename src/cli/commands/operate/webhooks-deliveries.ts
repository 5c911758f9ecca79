import { Command, InvalidArgumentError, Option } from 'commander'
import { commandLine } from '../../../access/actor.ts'
import type { App } from '../../../app.ts'
import { type Endpoint, requireEndpointUrl } from '../../../webhooks/endpoints/endpoint.ts'
import { newSecret } from '../../../webhooks/endpoints/secrets.ts'
import { webhookErrors } from '../../../webhooks/errors.ts'
import { DELIVERY_STATUSES, type DeliveryStatus } from '../../../webhooks/sending/delivery.ts'
import type { TestReport } from '../../../webhooks/sending/test-endpoint.ts'
import { type CommonOptions, everyPage, withApp } from '../../open-app.ts'

import { print, table } from '../../output.ts'

/** Shown by `deliveries` unless all are asked for. */
const SHOWN = 100

type Webhooks = App['webhooks']

/** How deliveries go: `test`, `deliveries`, `retry`. */
export function webhookDeliveryCommands(): Command[] {
  return [testCommand(), deliveriesCommand(), retryCommand()]
}

function testCommand(): Command {
  return new Command('test')
    .description('send one signed `webhook.test` now and print the result')
    .argument('<endpoint>', 'id or URL of an endpoint, or any other URL')
    .option(
      '--secret <secret>',
      'secret for a URL that is not an endpoint (whsec_…; generated if left out)',
      secret,
    )
    .option('--json', 'print one line of JSON')
    .action((name: string, options: CommonOptions & { secret?: string }) =>
      withApp(async ({ webhooks }) => {
        const known = await endpointNamed(webhooks, name).catch((fault) => {
          if (name.startsWith('whk_')) throw fault
        })
        const made = options.secret === undefined ? newSecret() : { value: options.secret }
        const url = known?.url ?? requireEndpointUrl(name, webhooks.privateHosts)
        const report = await webhooks.testEndpoint(known ?? { url, secrets: [made] })
        const shown = known === undefined ? { secret: made.value } : {}
        print(options.json ?? false, { url, ...report, ...shown }, () => reportText(report, shown.secret))
        if (!report.delivered) process.exitCode = 1
      }, 'warn'),
    )
}

function reportText(
  { delivered, webhookId, latencyMs, status, response, problem }: TestReport,
  made?: string,
) {
  const lines = [
    delivered
      ? `Delivered: ${status} after ${latencyMs} ms`
      : `Not delivered after ${latencyMs} ms. ${problem}`,
    `webhook-id: ${webhookId}`,
    ...(delivered && response ? [`Response: ${response}`] : []),
    ...(made === undefined ? [] : [`Signed with ${made}, because this URL is not an endpoint yet`]),
  ]
  return lines.join('\n')
}

function deliveriesCommand(): Command {
  return new Command('deliveries')
    .description(`list the last ${SHOWN} webhook deliveries, newest first`)
    .option('--endpoint <endpoint>', 'only deliveries to this endpoint, by id or URL')
    .addOption(new Option('--status <status>', 'only deliveries with this status').choices(DELIVERY_STATUSES))
    .option('--json', 'print one line of JSON')
    .action((options: CommonOptions & { endpoint?: string; status?: DeliveryStatus }) =>
      withApp(async ({ webhooks }) => {
        const { endpoint, status, json = false } = options
        const of = endpoint === undefined ? await all(webhooks) : [await endpointNamed(webhooks, endpoint)]
        const { items } = await webhooks.deliveries.list({
          endpointIds: of.map(({ id }) => id),
          limit: SHOWN,
          status,
        })
        print(json, { deliveries: items }, () =>
          table(
            items.map(({ id, type, endpointId, status: state, attempts, nextAttemptAt, lastError }) => ({
              id,
              type,
              endpoint: endpointId,
              state,
              attempts,
              next: nextAttemptAt ?? '',
              error: lastError?.slice(0, 120) ?? '',
            })),
          ),
        )
      }, 'warn'),
    )
}

function retryCommand(): Command {
  return new Command('retry')
    .description('send dead deliveries again: one, or all of an endpoint')
    .argument('[delivery]', 'id of a dead delivery')
    .option('--endpoint <endpoint>', 'all dead deliveries of this endpoint, by id or URL')
    .option('--json', 'print one line of JSON')
    .action(
      (
        delivery: string | undefined,
        { endpoint, json = false }: CommonOptions & { endpoint?: string },
        self: Command,
      ) => {
        if ((delivery === undefined) === (endpoint === undefined))
          self.error('error: pass the id of a delivery, or --endpoint', { exitCode: 2 })
        return withApp(async ({ webhooks }) => {
          const retried = await webhooks.retryDeliveries({
            actor: commandLine,
            ...(delivery === undefined
              ? { endpointId: (await endpointNamed(webhooks, endpoint ?? '')).id }
              : { endpointId: await endpointOf(webhooks, delivery), deliveryId: delivery }),
          })
          print(json, { retried }, () => `${retried} deliveries will be sent again`)
        }, 'warn')
      },
    )
}

/** @throws CodedError WEBHOOK_DELIVERY_NOT_DEAD */
async function endpointOf({ deliveries }: Webhooks, deliveryId: string): Promise<string> {
  const found = await deliveries.find(deliveryId)
  if (found === undefined) throw webhookErrors.WEBHOOK_DELIVERY_NOT_DEAD({ id: deliveryId })
  return found.endpointId
}

async function all({ endpoints }: Webhooks): Promise<Endpoint[]> {
  return everyPage((page) => endpoints.list('internal', page))
}

/** @throws CodedError WEBHOOK_NOT_FOUND */
export async function endpointNamed({ endpoints }: Webhooks, name: string): Promise<Endpoint> {
  const url = URL.canParse(name) ? new URL(name).href : undefined
  const found = url === undefined ? undefined : await endpoints.withUrl(url)
  return found ?? endpoints.require(name, 'internal')
}

function secret(text: string): string {
  if (!/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(text))
    throw new InvalidArgumentError('Expected a Standard Webhooks secret: whsec_ followed by base64.')
  return text
}
