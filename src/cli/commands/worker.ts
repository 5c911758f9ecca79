import { Command, InvalidArgumentError } from 'commander'
import { withApp } from '../open-app.ts'
import { untilStopped } from '../output.ts'

/** `entraide worker`: jobs without a server; any number may run beside each other. */
export function workerCommand(): Command {
  return new Command('worker')
    .description('run jobs without serving; several workers may run at once')
    .option('--concurrency <jobs>', 'jobs run at once', concurrency, 2)
    .action((options: { concurrency: number }) =>
      withApp(async (app) => {
        const worker = app.startJobRunner(options.concurrency)
        process.stdout.write('Entraide works on jobs\n')
        await untilStopped()
        await worker?.stop()
      }),
    )
}

function concurrency(text: string): number {
  if (!/^([1-9]|[1-5]\d|6[0-4])$/.test(text))
    throw new InvalidArgumentError('It takes a whole number from 1 to 64.')
  return Number(text)
}
