import { Command, InvalidArgumentError } from 'commander'
import { withApp } from '../../open-app.ts'
import { untilStopped } from '../../output.ts'

/** `entraide worker`: jobs without a server; any number may run beside each other. */
export function workerCommand(): Command {
  return new Command('worker')
    .description('run jobs without the server; several workers can run at the same time')
    .option('--concurrency <jobs>', 'number of jobs to run at the same time', concurrency, 2)
    .action((options: { concurrency: number }) =>
      withApp(async (app) => {
        const worker = app.startJobRunner(options.concurrency)
        process.stdout.write('Entraide is running jobs\n')
        await untilStopped()
        await worker?.stop()
      }),
    )
}

function concurrency(text: string): number {
  if (!/^([1-9]|[1-5]\d|6[0-4])$/.test(text))
    throw new InvalidArgumentError('Expected a whole number from 1 to 64.')
  return Number(text)
}
