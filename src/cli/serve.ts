import { Command } from 'commander'
import { withHouse } from './house.ts'
import { untilStopped } from './until-stopped.ts'

/** `entraide serve`: the HTTP service, with a worker inside unless configured otherwise. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('serve the API (and run jobs, unless ENTRAIDE_WORKER_CONCURRENCY=0)')
    .action(() =>
      withHouse(async (house) => {
        const server = await house.serve()
        const worker = house.startWorker()
        process.stdout.write(`Entraide serves on ${server.url} (API docs: ${server.url}/api/docs)\n`)
        await untilStopped()
        await server.close()
        await worker?.stop()
      }),
    )
}
