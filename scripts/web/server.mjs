/** Entraide as a person meets it, for scripts that look at its pages: the demo, or a home where nothing is yet. */
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const program = new URL('../../bin/entraide.js', import.meta.url).pathname
const PASSWORD = 'correct horse battery staple'
const ADMINISTRATOR = { email: 'admin@example.org', name: 'Administrator', role: 'admin' }

/**
 * A folder that is removed at the end. @param from a home to copy, which stays as it is
 * @returns `{ home, run, start, remove }`; `run` executes a command, `start` a server that is listening
 */
export function openHome(from) {
  const home = mkdtempSync(join(tmpdir(), 'entraide-web-'))
  if (from !== undefined) cpSync(from, home, { recursive: true })
  const env = {
    PATH: process.env.PATH,
    ENTRAIDE_HOME: home,
    PORT: '0',
    ENTRAIDE_LOG_LEVEL: 'error',
    ENTRAIDE_RATE_LIMIT: '10000000',
  }
  return {
    home,
    run: (args) => execFileSync(process.execPath, [program, ...args], { env, encoding: 'utf8' }),
    start: (command) => start(command, env),
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

/** @returns `{ url, stop }` once it says where it is */
async function start(command, env) {
  const child = spawn(process.execPath, [program, command], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const kill = () => child.kill('SIGTERM')
  process.once('exit', kill)
  const url = await new Promise((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
      const found = /(?:ready\. Open|listening on) (http:\/\/[^\s"]+:\d+)/.exec(output)
      if (found) resolve(found[1])
    })
    child.once('exit', (code) => reject(new Error(`entraide ${command} ended with ${code}: ${output}`)))
  })
  return {
    url,
    async stop() {
      process.off('exit', kill)
      kill()
      if (child.exitCode === null && child.signalCode === null)
        await new Promise((resolve) => child.once('exit', resolve))
    },
  }
}

/** Signs a new administrator in, in a home that is no demo. @returns what the browser keeps of it */
export async function signInAdministrator(browser, home, { url }) {
  const { email, name, role } = ADMINISTRATOR
  const invitation = home.run([
    'accounts',
    'invite',
    '--email',
    email,
    '--name',
    name,
    '--role',
    role,
    '--json',
  ])
  const context = await browser.newContext({ baseURL: url })
  const answer = await context.request.post('/api/invitations/accept', {
    data: { token: JSON.parse(invitation).link.split('#')[1], password: PASSWORD },
  })
  if (!answer.ok()) throw new Error(`nobody could be signed in: ${await answer.text()}`)
  const state = await context.storageState()
  await context.close()
  return state
}
