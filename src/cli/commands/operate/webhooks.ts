import { Command, InvalidArgumentError, Option } from 'commander'
import { commandLine } from '../../../access/actor.ts'
import { AUDIENCES, type Audience } from '../../../access/audience.ts'
import { EVENT_TYPES, type EventType, type RoutingFilter } from '../../../webhooks/endpoints/endpoint.ts'
import { DEFAULT_OVERLAP_HOURS } from '../../../webhooks/endpoints/manage-endpoints.ts'

import { type CommonOptions, everyPage, withApp } from '../../open-app.ts'

import { print, table } from '../../output.ts'
import { endpointNamed, webhookDeliveryCommands } from './webhooks-deliveries.ts'

interface AddOptions extends CommonOptions {
  readonly type: EventType[]
  readonly audience: Audience
  readonly description: string
  readonly source?: string[]
  readonly destination?: string[]
  readonly activeWithin?: RoutingFilter['activeWithinDays']
}

/** `entraide webhooks`: who is told of what happens here, and how that goes. */
export function webhooksCommand(): Command {
  const command = new Command('webhooks').description(
    'manage webhook endpoints, which notify other servers of events',
  )
  command
    .command('list')
    .description('list endpoints, with their waiting and dead deliveries')
    .option('--json', 'print one line of JSON')
    .action(({ json = false }: CommonOptions) =>
      withApp(async ({ webhooks }) => {
        const endpoints = await everyPage((page) => webhooks.endpoints.list('internal', page))
        const views = await webhooks.presentEndpoints(endpoints)
        print(json, { endpoints: views }, () =>
          table(
            views.map(
              ({ id, url, types, audience, enabled, disabledReason, failingSince, waiting, dead }) => ({
                id,
                url,
                types: types.join(','),
                audience,
                waiting,
                dead,
                state: enabled
                  ? failingSince
                    ? `failing since ${failingSince}`
                    : 'enabled'
                  : `disabled: ${disabledReason}`,
              }),
            ),
          ),
        )
      }, 'warn'),
    )
  addCommand(command)
  switchCommand(command, 'enable', true)
  switchCommand(command, 'disable', false)
  command
    .command('remove')
    .description('remove an endpoint and its waiting deliveries')
    .argument('<endpoint>', 'its id or URL')
    .option('--json', 'print one line of JSON')
    .action((name: string, { json = false }: CommonOptions) =>
      withApp(async ({ webhooks }) => {
        const { id } = await endpointNamed(webhooks, name)
        await webhooks.removeEndpoint({ id, actor: commandLine })
        print(json, { removed: id }, () => `${id} is removed`)
      }, 'warn'),
    )
  command
    .command('rotate')
    .description('give an endpoint a new secret, shown only once; the old secret also signs for a while')
    .argument('<endpoint>', 'its id or URL')
    .option(
      '--overlap <hours>',
      'how many hours the old secret also signs; 0 if it has leaked',
      hours,
      DEFAULT_OVERLAP_HOURS,
    )
    .option('--json', 'print one line of JSON')
    .action((name: string, { overlap, json = false }: CommonOptions & { overlap: number }) =>
      withApp(async ({ webhooks }) => {
        const { id } = await endpointNamed(webhooks, name)
        const { secrets } = await webhooks.rotateSecret({ id, overlapHours: overlap, actor: commandLine })
        const secret = secrets[0]!.value
        print(json, { id, secret, overlapHours: overlap }, () => secretText(secret, id))
      }, 'warn'),
    )
  for (const each of webhookDeliveryCommands()) command.addCommand(each)
  return command
}

function addCommand(command: Command): void {
  command
    .command('add')
    .description('add an endpoint; its secret is shown only once')
    .argument('<url>', 'must be https, unless the host is listed in ENTRAIDE_PRIVATE_HOSTS')
    .addOption(
      new Option('--type <type...>', 'events to send').choices(EVENT_TYPES).default([...EVENT_TYPES], 'all'),
    )
    .addOption(
      new Option('--audience <audience>', 'only content that this audience may see')
        .choices(AUDIENCES)
        .default('internal'),
    )
    .option('--description <text>', 'owner and purpose', '')
    .option('--source <name...>', 'routing decisions: only for threads of these sources')
    .option(
      '--destination <destination...>',
      'routing decisions: only to these destinations, such as `queue` or `expert:experts`',
      destination,
    )
    .option(
      '--active-within <days>',
      'routing decisions: only for threads active within this number of days, or `any` (default: 7)',
      days,
    )
    .option('--json', 'print one line of JSON')
    .action((url: string, options: AddOptions) =>
      withApp(async ({ webhooks }) => {
        const { type: types, audience, description, json = false } = options
        const { source: sources, destination: destinations, activeWithin: activeWithinDays } = options
        const routing = {
          sources,
          destinations,
          activeWithinDays,
        }
        const given = { url, types, audience, description, routing, actor: commandLine }
        const endpoint = await webhooks.createEndpoint(given)
        const [view] = await webhooks.presentEndpoints([endpoint])
        const secret = endpoint.secrets[0]!.value
        print(json, { ...view, secret }, () => secretText(secret, endpoint.id))
      }, 'warn'),
    )
}

function switchCommand(command: Command, verb: 'enable' | 'disable', enabled: boolean): void {
  command
    .command(verb)
    .description(
      enabled
        ? 'enable an endpoint again; `retry` sends what has died meanwhile'
        : 'disable an endpoint; its waiting deliveries become dead',
    )
    .argument('<endpoint>', 'its id or URL')
    .option('--json', 'print one line of JSON')
    .action((name: string, { json = false }: CommonOptions) =>
      withApp(async ({ webhooks }) => {
        const { id, version } = await endpointNamed(webhooks, name)
        await webhooks.changeEndpoint({ id, version, change: { enabled }, actor: commandLine })
        print(json, { id, enabled }, () => `${id} is ${verb}d`)
      }, 'warn'),
    )
}

function secretText(secret: string, id: string): string {
  return `${secret}\n\n${id}. Store the secret now: it is not shown again`
}

function hours(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) > 720)
    throw new InvalidArgumentError('Expected a whole number from 0 to 720.')
  return Number(text)
}

function days(text: string): RoutingFilter['activeWithinDays'] {
  if (text === 'any') return text
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('Expected a number of days, or `any`.')
  return Number(text)
}

function destination(text: string, others: string[] = []): string[] {
  if (!/^(community|queue|expert)(:.+)?$/.test(text))
    throw new InvalidArgumentError(
      'Expected community, queue or expert, or one of them with a name, such as queue:agents.',
    )
  return [...others, text]
}
