import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'

/** A PostgreSQL that tests may do with what they like. */
export interface PostgresServer {
  readonly url: string
  stop(): Promise<void>
}

/**
 * The PostgreSQL named by ENTRAIDE_TEST_DATABASE_URL, else a private one for this run; undefined where neither is.
 *
 * @param root folder in which the private one keeps its data
 * @throws when there is none and ENTRAIDE_REQUIRE_SERVICES=1 asks for one
 */
export async function openPostgresServer(root: string): Promise<PostgresServer | undefined> {
  const given = process.env.ENTRAIDE_TEST_DATABASE_URL
  if (given !== undefined) return { url: given, stop: async () => undefined }
  const binaries = findBinaries()
  if (binaries !== undefined) return start(binaries, root)
  if (process.env.ENTRAIDE_REQUIRE_SERVICES === '1')
    throw new Error(
      'ENTRAIDE_REQUIRE_SERVICES=1, but no PostgreSQL was found on PATH or in /usr/lib/postgresql',
    )
  console.warn('PostgreSQL suites are skipped: no binaries on PATH or in /usr/lib/postgresql/*/bin.')
  return undefined
}

/** One statement outside any database of a suite. */
export async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function findBinaries(): string | undefined {
  const root = '/usr/lib/postgresql'
  const debian = existsSync(root)
    ? readdirSync(root)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(root, version, 'bin'))
    : []
  return [...debian, ...(process.env.PATH ?? '').split(':')].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  )
}

/** PostgreSQL refuses to run as root: there it runs as `postgres` or `nobody`. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const user of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, user], { stdio: 'pipe' }).toString())
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // No such user here: the next one.
    }
  }
  throw new Error('running as root, and neither a user "postgres" nor "nobody" to start PostgreSQL as')
}

async function start(binaries: string, root: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(root, 'entraide-postgres-'))
  const user = unprivileged()
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const as = { cwd: folder, ...user }
  const data = join(folder, 'data')
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'entraide', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    { ...as, stdio: 'pipe' },
  )
  const port = await freePort()
  // The tests kill processes, never the machine: what a commit wrote need not reach the disk for them.
  const quick = { fsync: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0' }
  const options = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: '200',
    ...quick,
  }
  const settings = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(binaries, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
    ...as,
    stdio: 'ignore',
  })
  const url = `postgres://entraide@127.0.0.1:${port}/postgres`
  // A run that is broken off has no time to wait for its end.
  const sweep = () => {
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', sweep)
  await ready(url, server)
  return {
    url,
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGINT')
      await gone
      process.off('exit', sweep)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function ready(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (server.exitCode !== null) break
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await client.end().catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  server.kill('SIGKILL')
  throw new Error('the private PostgreSQL did not come up')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
