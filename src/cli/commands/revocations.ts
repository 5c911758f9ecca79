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

/** `entraide revocations`: annotations revoked together, and restored. */
export function revocationsCommand(): Command {
  const command = new Command('revocations').description(
    'revoke annotations, one or all of an agent since a date, and retrain without them; or restore them',
  )
  command
    .command('create')
    .description('revoke annotations, as a job that also retrains their facets')
    .option('--annotation <id>', 'revoke this annotation only')
    .option('--agent <id>', 'id of the key or person that made the annotations, as shown by `keys list`')
    .option('--since <date>', 'only annotations made at or after this time, such as 2026-01-12', momentOf)
    .option('--facet <name>', 'only annotations on this facet')
    .option('--reason <text>', 'reason, kept with the revocation')
    .option('--json', 'print one line of JSON')
    .action((options: CreateOptions, self: Command) => {
      const { annotation, agent, since, facet, reason, json = false } = options
      const one = annotation !== undefined
      if (one ? (agent ?? since ?? facet) !== undefined : agent === undefined || since === undefined)
        return self.error("error: pass either '--annotation <id>', or '--agent <id>' with '--since <date>'")
      const scope = one ? { annotation } : { agent: agent!, since: since!, facet }
      return withApp(async ({ labels }) => {
        const asked = { scope, actor: commandLine, reason }
        const revocation = await labels.revokeTogether(asked)
        print(json, revocation, () => `${revocation.id} is queued as a job`)
      }, 'warn')
    })
  command
    .command('list')
    .description('list revocations, newest first')
    .option('--json', 'print one line of JSON')
    .action(({ json = false }: CommonOptions) =>
      withApp(async ({ labels }) => {
        const revocations = await everyPage((page) => labels.revocations.list(commandLine.audience, page))
        print(json, { revocations }, () => table(revocations.map(row)))
      }, 'warn'),
    )
  command
    .command('restore')
    .description('restore the annotations of a revocation')
    .argument('<id>', 'id of the revocation, as shown by `revocations list`')
    .option('--json', 'print one line of JSON')
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
    annotations,
    of: scope.agent === undefined ? scope.annotation : `${scope.agent} since ${scope.since}`,
    facet: scope.agent === undefined ? '' : (scope.facet ?? ''),
    status,
    by: actor.name,
    at: createdAt,
    restored: restored?.at ?? '',
  }
}

/** A date (midnight UTC) or a moment of ISO 8601, as stored times are written. */
export function momentOf(text: string): string {
  const whole = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
  const time = whole ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time))
    throw new InvalidArgumentError('Expected a date such as 2026-01-12 or 2026-01-12T09:30:00Z.')
  return new Date(time).toISOString()
}
