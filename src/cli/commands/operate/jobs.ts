import { Command } from 'commander'
import { type CommonOptions, withApp } from '../../open-app.ts'
import { print, table } from '../../output.ts'

/** `entraide jobs`: what waits, what failed for good, and a way to try that again. */
export function jobsCommand(): Command {
  const command = new Command('jobs').description('show failed jobs and retry them')
  command
    .command('list')
    .description('count jobs, and list dead ones with their errors')
    .option('--json', 'print one line of JSON')
    .action(({ json = false }: CommonOptions) =>
      withApp(async ({ platform: { jobs } }) => {
        const [counts, dead] = [await jobs.counts(), await jobs.dead()]
        print(json, { ...counts, deadJobs: dead }, () => {
          const head = `${counts.queued} queued, ${counts.running} running, ${counts.dead} dead`
          const rows = dead.map(({ id, type, attempts, diedAt, error }) => ({
            id,
            type,
            attempts,
            diedAt,
            error,
          }))
          return dead.length === 0 ? head : `${head}\n\n${table(rows)}`
        })
      }),
    )
  command
    .command('retry')
    .description('run a dead job again, or all of them')
    .argument('[id]', 'id of a dead job, as shown by `jobs list`')
    .option('--all', 'retry every dead job')
    .option('--json', 'print one line of JSON')
    .action(
      (
        id: string | undefined,
        { all = false, json = false }: CommonOptions & { all?: boolean },
        self: Command,
      ) => {
        if ((id === undefined) === !all) self.error('error: pass the id of a job, or --all', { exitCode: 2 })
        return withApp(async ({ platform: { jobs } }) => {
          const ids = id === undefined ? (await jobs.dead(1_000_000)).map((job) => job.id) : [id]
          for (const each of ids) await jobs.retry(each)
          print(json, { retried: ids }, () => `${ids.length} jobs will run again`)
        })
      },
    )
  return command
}
