import { Command, InvalidArgumentError, Option } from 'commander'
import { commandLine } from '../../access/actor.ts'
import { AUDIENCES, type Audience } from '../../access/audience.ts'
import { EVENT_TYPES, type EventType, type RoutingFilter } from '../../webhooks/endpoints/endpoint.ts'
import { DEFAULT_OVERLAP_HOURS } from '../../webhooks/endpoints/manage-endpoints.ts'

import { type CommonOptions, everyPage, withApp } from '../open-app.ts'

import { print, table } from '../output.ts'
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
  const command = new Command('webhooks').description('tell other servers of what happens here')
  command
    .command('list')
    .description('endpoints, with what waits for them and what was given up')
    .option('--json', 'one JSON line')
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
    .description('remove an endpoint, with all that waits for it')
    .argument('<endpoint>', 'its id or URL')
    .option('--json', 'one JSON line')
    .action((name: string, { json = false }: CommonOptions) =>
      withApp(async ({ webhooks }) => {
        const { id } = await endpointNamed(webhooks, name)
        await webhooks.removeEndpoint({ id, actor: commandLine })
        print(json, { removed: id }, () => `${id} is removed`)
      }, 'warn'),
    )
  command
    .command('rotate')
    .description('give an endpoint a new secret, shown this once; the old one signs too for a while')
    .argument('<endpoint>', 'its id or URL')
    .option('--overlap <hours>', 'for so long; 0 when it has leaked', hours, DEFAULT_OVERLAP_HOURS)
    .option('--json', 'one JSON line')
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
    .description('add an endpoint; its secret is shown this once')
    .argument('<url>', 'https, unless its host is named in ENTRAIDE_PRIVATE_HOSTS')
    .addOption(
      new Option('--type <type...>', 'what it is told of')
        .choices(EVENT_TYPES)
        .default([...EVENT_TYPES], 'all'),
    )
    .addOption(
      new Option('--audience <audience>', 'how much it may know').choices(AUDIENCES).default('internal'),
    )
    .option('--description <text>', 'whose it is and what for', '')
    .option('--source <name...>', 'of routing decisions, only those on threads of these sources')
    .option('--destination <destination...>', 'only those to these: `queue`, `expert:experts` …', destination)
    .option('--active-within <days>', 'only on threads active so recently, or `any` (default: 7)', days)
    .option('--json', 'one JSON line')
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
        ? 'tell an endpoint again; `retry` sends what was given up meanwhile'
        : 'tell an endpoint nothing for now; what waits goes to its dead deliveries',
    )
    .argument('<endpoint>', 'its id or URL')
    .option('--json', 'one JSON line')
    .action((name: string, { json = false }: CommonOptions) =>
      withApp(async ({ webhooks }) => {
        const { id, version } = await endpointNamed(webhooks, name)
        await webhooks.changeEndpoint({ id, version, change: { enabled }, actor: commandLine })
        print(json, { id, enabled }, () => `${id} is ${verb}d`)
      }, 'warn'),
    )
}

function secretText(secret: string, id: string): string {
  return `${secret}\n\n${id}; the secret is not shown again`
}

function hours(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) > 720)
    throw new InvalidArgumentError('It takes a whole number from 0 to 720.')
  return Number(text)
}

function days(text: string): RoutingFilter['activeWithinDays'] {
  if (text === 'any') return text
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('It takes a number of days, or `any`.')
  return Number(text)
}

function destination(text: string, others: string[] = []): string[] {
  if (!/^(community|queue|expert)(:.+)?$/.test(text))
    throw new InvalidArgumentError('It takes community, queue or expert, or one of them as in queue:agents.')
  return [...others, text]
}
