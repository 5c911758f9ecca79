import { Command, InvalidArgumentError } from 'commander'
import { commandLine } from '../../access/actor.ts'
import type { Revocation } from '../../labels/revocations/revocation-store.ts'
import { type CommonOptions, everyPage, withApp } from '../open-app.ts'

import { print, table } from '../output.ts'

interface CreateOptions extends CommonOptions {
  readonly annotation?: string
  readonly agent?: string
  readonly since?: string
  readonly facet?: string
  readonly reason?: string
}

/** `entraide revocations`: verdicts taken back together, and given back. */
export function revocationsCommand(): Command {
  const command = new Command('revocations').description(
    'take verdicts back, one or all of an agent since a date, and train without them; or give them back',
  )
  command
    .command('create')
    .description('take verdicts back; a worker does it and has their facets trained anew')
    .option('--annotation <id>', 'the only verdict meant')
    .option('--agent <id>', 'id of the key or person that gave them, as `keys list` shows it')
    .option('--since <date>', 'those given then or later, such as 2026-01-12', momentOf)
    .option('--facet <name>', 'only those on this facet')
    .option('--reason <text>', 'kept with it')
    .option('--json', 'one JSON line')
    .action((options: CreateOptions, self: Command) => {
      const { annotation, agent, since, facet, reason, json = false } = options
      const one = annotation !== undefined
      if (one ? (agent ?? since ?? facet) !== undefined : agent === undefined || since === undefined)
        return self.error(
          "error: it takes either '--annotation <id>' or '--agent <id>' with '--since <date>'",
        )
      const scope = one ? { annotation } : { agent: agent!, since: since!, facet }
      return withApp(async ({ labels }) => {
        const asked = { scope, actor: commandLine, reason }
        const revocation = await labels.revokeTogether(asked)
        print(json, revocation, () => `${revocation.id} will be carried out by the next free worker`)
      }, 'warn')
    })
  command
    .command('list')
    .description('what was taken back together, newest first')
    .option('--json', 'one JSON line')
    .action(({ json = false }: CommonOptions) =>
      withApp(async ({ labels }) => {
        const revocations = await everyPage((page) => labels.revocations.list(page))
        print(json, { revocations }, () => table(revocations.map(row)))
      }, 'warn'),
    )
  command
    .command('restore')
    .description('give back what was taken back')
    .argument('<id>', 'id of the revocation, as `revocations list` shows it')
    .option('--json', 'one JSON line')
    .action((id: string, { json = false }: CommonOptions) =>
      withApp(async ({ labels }) => {
        const revocation = await labels.restoreRevocation({ id, actor: commandLine })
        print(json, revocation, () => `${id}: ${revocation.status}`)
      }, 'warn'),
    )
  return command
}

function row({ id, scope, status, annotations, createdAt, actor, restored }: Revocation) {
  return {
    id,
    verdicts: annotations,
    of: scope.agent === undefined ? scope.annotation : `${scope.agent} since ${scope.since}`,
    facet: scope.agent === undefined ? '' : (scope.facet ?? ''),
    status,
    by: actor.name,
    at: createdAt,
    'given back': restored?.at ?? '',
  }
}

/** A date (midnight UTC) or a moment of ISO 8601, as stored times are written. */
export function momentOf(text: string): string {
  const whole = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
  const time = whole ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time))
    throw new InvalidArgumentError('It takes a date such as 2026-01-12, or 2026-01-12T09:30:00Z.')
  return new Date(time).toISOString()
}
