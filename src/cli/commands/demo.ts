import { Command } from 'commander'
import { commandLine, ROLES, type Role } from '../../access/actor.ts'
import type { App } from '../../app.ts'
import { demoLines } from '../demo-lines.ts'
import { withApp } from '../open-app.ts'
import { untilStopped } from '../output.ts'
import { showTrainings } from '../progress.ts'

/** `entraide demo`: a community that learns, from nothing to five lines to paste. */
export function demoCommand(): Command {
  return new Command('demo')
    .description(
      'import a sample community, train a model, route threads, publish articles, and start the server',
    )
    .action(() =>
      withApp(
        async (app, config) => {
          const stopped = untilStopped()
          // First the port: if it is taken, that is worth knowing before anything is imported.
          const server = await app.serve()
          // The demo waits for its jobs, so somebody has to do them, whatever is configured.
          const worker = app.startJobRunner(Math.max(1, config.workerConcurrency))
          try {
            await present(app, server.url)
            await stopped
          } finally {
            await server.close()
            await worker?.stop()
          }
        },
        'error',
        { demo: true },
      ),
    )
}

async function present(app: App, url: string): Promise<void> {
  const { prepareDemo } = await import('../demo-community.ts')
  const { summary, example } = await prepareDemo(
    app,
    (step) => process.stderr.write(`${step} …\n`),
    () => showTrainings({ lines: true }),
  )
  const keys = await reissueKeys(app)
  await app.access.ensureDemoAccounts()
  process.stdout.write(
    [
      '',
      `Entraide is ready. Open ${url}/app/ and choose a role (API documentation: ${url}/api/docs)`,
      '',
      ...summary,
      '',
      'API keys, replaced at each start:',
      ...[...keys].map(([role, token]) => `  ${role.padEnd(18)}${token}`),
      '',
      ...demoLines(url, keys, example),
      '',
      `The help centre, as customers see it: ${url}/help`,
      '',
      `Open ${url}/app/ in a browser. Press Ctrl-C to stop; your changes are kept.`,
      '',
    ].join('\n'),
  )
}

async function reissueKeys(app: App): Promise<Map<Role, string>> {
  const keys = new Map<Role, string>()
  for (const role of ROLES) {
    const request = { name: `demo ${role}`, roles: [role], audience: 'internal', actor: commandLine }
    keys.set(role, (await app.access.replaceKey(request)).token)
  }
  return keys
}
