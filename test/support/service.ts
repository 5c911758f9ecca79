import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { DatabaseAddress } from './databases.ts'
import { fetchWhenFree } from './fetch-when-free.ts'

const program = fileURLToPath(new URL('../../bin/entraide.js', import.meta.url))

export interface CommandResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The environment in which a process of the program finds this database and nothing of the developer's. */
function environment(address: DatabaseAddress, extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(ENTRAIDE_|DATABASE_URL$|PORT$)/.test(name),
  )
  return {
    ...Object.fromEntries(inherited),
    ENTRAIDE_HOME: address.home,
    ENTRAIDE_LOG_LEVEL: 'error',
    ...(address.databaseUrl === undefined ? {} : { DATABASE_URL: address.databaseUrl }),
    ...extra,
  }
}

/** Starts `entraide …` and lets the caller do with the process what it likes. */
export function startCommand(
  address: DatabaseAddress,
  args: readonly string[],
  extra: Record<string, string> = {},
): ChildProcess & { readonly ended: Promise<CommandResult> } {
  const child = spawn(process.execPath, [program, ...args], {
    env: environment(address, extra),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += chunk))
  child.stderr.on('data', (chunk) => (stderr += chunk))
  const ended = new Promise<CommandResult>((resolve) =>
    child.once('close', (code) => resolve({ code, stdout, stderr })),
  )
  return Object.assign(child, { ended })
}

/** Runs `entraide …` to its end. */
export function runCommand(
  address: DatabaseAddress,
  args: readonly string[],
  extra: Record<string, string> = {},
): Promise<CommandResult> {
  return startCommand(address, args, extra).ended
}

/** Runs `entraide … --json` and reads its one line. */
export async function runJson<T>(address: DatabaseAddress, args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await runCommand(address, [...args, '--json'])
  if (code !== 0) throw new Error(`entraide ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`)
  return JSON.parse(stdout) as T
}

export interface Answer<T = never> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}

export interface Service {
  readonly url: string
  /** The database that it serves. */
  readonly address: DatabaseAddress
  /** One request; a body makes it a POST unless told otherwise. */
  call<T>(
    path: string,
    options?: { key?: string; method?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer<T>>
  kill(): Promise<void>
  /** @returns the exit code after SIGTERM */
  stop(): Promise<number | null>
}

/** Starts `entraide serve` on a free port and waits until it says that it serves. */
export async function startService(
  address: DatabaseAddress,
  extra: Record<string, string> = {},
): Promise<Service> {
  const child = startCommand(address, ['serve'], { PORT: '0', ...extra })
  const url = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (chunk) => {
      output += chunk
      const found = /is listening on (http:\/\/\S+)/.exec(output)
      if (found?.[1] !== undefined) resolve(found[1])
    })
    child.ended.then(({ code, stderr }) => reject(new Error(`serve ended with ${code}: ${stderr}`)))
  })
  return {
    url,
    address,
    async call<T>(path: string, options: Parameters<Service['call']>[1] = {}) {
      const { key, body } = options
      const response = await fetchWhenFree(`${url}${path}`, {
        method: options.method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...options.headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return {
        status: response.status,
        headers: response.headers,
        body: (text === '' ? undefined : JSON.parse(text)) as T,
      }
    },
    async kill() {
      child.kill('SIGKILL')
      await child.ended
    },
    async stop() {
      child.kill('SIGTERM')
      return (await child.ended).code
    },
  }
}
