import { Command } from 'commander'
import { withApp } from '../open-app.ts'
import { untilStopped } from '../output.ts'

/** `entraide serve`: the HTTP service, with a worker inside unless configured otherwise. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('start the server, and run jobs unless ENTRAIDE_WORKER_CONCURRENCY=0')
    .action(() =>
      withApp(async (app) => {
        const server = await app.serve()
        const worker = app.startJobRunner()
        process.stdout.write(
          `Entraide is listening on ${server.url} (API documentation: ${server.url}/api/docs)\n`,
        )
        await untilStopped()
        await server.close()
        await worker?.stop()
      }),
    )
}
