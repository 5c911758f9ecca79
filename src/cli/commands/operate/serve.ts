import { Command } from 'commander'
import type { App } from '../../../app.ts'
import { withApp } from '../../open-app.ts'
import { untilStopped } from '../../output.ts'

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
        await announceAdministrator(app, server.url)
        await untilStopped()
        await server.close()
        await worker?.stop()
      }),
    )
}

/** At the first start there is nobody who could invite anybody: whoever reads this becomes the administrator. */
async function announceAdministrator(app: App, url: string): Promise<void> {
  const issued = await app.access.issueAdministratorLink()
  if (issued === undefined) return
  process.stdout.write(
    `Nobody is an administrator yet. Open this link to become one: ${app.access.addressOf(issued, url)}\n`,
  )
}
