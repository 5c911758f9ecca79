import { Command } from 'commander'
import { commandLine, ROLES, type Role, replaceKey } from '../access/index.ts'
import type { House } from '../compose.ts'
import { prepareDemo } from './demo-community.ts'
import { demoLines } from './demo-lines.ts'
import { withHouse } from './house.ts'
import { untilStopped } from './until-stopped.ts'

/** `entraide demo`: a community that learns, from nothing to five lines to paste. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('import the demo community, train, route, publish some articles, and serve')
    .action(() =>
      withHouse(async (house) => {
        const stopped = untilStopped()
        // First the port: if it is taken, that is worth knowing before anything is imported.
        const server = await house.serve()
        const worker = house.startWorker()
        const { summary, example } = await prepareDemo(house, (step) => process.stderr.write(`${step} …\n`))
        const keys = await reissueKeys(house)
        process.stdout.write(
          [
            '',
            `Entraide is ready on ${server.url} (API docs: ${server.url}/api/docs)`,
            '',
            ...summary,
            '',
            'Keys, reissued at each start:',
            ...[...keys].map(([role, token]) => `  ${role.padEnd(18)}${token}`),
            '',
            ...demoLines(server.url, keys, example),
            '',
            'Ctrl-C stops it; what was done is kept.',
            '',
          ].join('\n'),
        )
        await stopped
        await server.close()
        await worker?.stop()
      }, 'error'),
    )
}

async function reissueKeys(house: House): Promise<Map<Role, string>> {
  const keys = new Map<Role, string>()
  for (const role of ROLES) {
    const request = { name: `demo ${role}`, roles: [role], audience: 'internal', actor: commandLine }
    keys.set(role, (await replaceKey(house.access, request)).token)
  }
  return keys
}
