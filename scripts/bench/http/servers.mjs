/** Processes that the benchmark of HTTP starts: servers, loads, and the preparation of a community to ask about. */
import { execFile, spawn } from 'node:child_process'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const here = (path) => new URL(path, import.meta.url).pathname
export const program = here('../../../bin/entraide.js')
const run = promisify(execFile)

/** @returns `{ port, child, stop }` once it listens */
export async function startServer(args, env, log) {
  const stderr = log === undefined ? 'inherit' : openSync(log, 'a')
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', stderr] })
  const port = await new Promise((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
      const found = /is listening on http:\/\/[^:]+:(\d+)/.exec(output)
      if (found) resolve(Number(found[1]))
    })
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)))
  })
  return {
    port,
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve))
    },
  }
}

export const startBare = (env) => startServer([here('bare-server.mjs')], env)

/** @param profile folder for a processor profile of the server, if one is wanted */
export function startEntraide(env, home, profile) {
  const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]
  return startServer([...flags, program, 'serve'], env, join(home, 'server.log'))
}

/** Loads a server from another process. @returns what `load.mjs` prints */
export async function load(options) {
  const { stdout } = await run(process.execPath, [here('load.mjs'), JSON.stringify(options)])
  return JSON.parse(stdout)
}

/** Imports the demo's communities, trains its facets and waits for the jobs. @returns a token of an administrator */
export async function prepareCommunity(env) {
  const { stdout } = await run(process.execPath, [here('prepare.mjs')], { env, maxBuffer: 1 << 24 })
  return JSON.parse(stdout.trim().split('\n').at(-1))
}

/** Posts to classify and questions to search for: those of the demo's own communities, no two alike. */
export function readQuestions() {
  const records = ['community-fr.ndjson', 'community-en.ndjson']
    .flatMap((file) => readFileSync(here(`../../../fixtures/demo/${file}`), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
  const questions = records.filter(({ type, kind }) => type === 'post' && kind === 'question')
  const titles = new Map(records.filter(({ type }) => type === 'thread').map(({ id, title }) => [id, title]))
  return questions.map(({ threadId, body }) => ({ title: titles.get(threadId), body }))
}
