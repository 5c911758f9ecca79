import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from 'vitest'
import { openDatabase } from '../../src/platform/database/open.ts'
import { eventually } from './eventually.ts'
import { runJson, startService } from './service.ts'

/** Arguments of a command of the program. */
export type Command = readonly string[]

/**
 * As a command of a preparation: a service has run on the database until nothing was due, and has trained the model of
 * message kinds that every new database asks for. Suites that start services share what costs each of them seconds.
 */
export const SERVED: Command = ['serve']

/** What commands have left, to be copied; nothing has it open. */
export interface Prepared {
  readonly home: string
  readonly databaseUrl?: string
}

/** Makes a database under `home`: a copy of `from`, else an empty one. */
type Copy = (home: string, from?: Prepared) => Promise<Prepared>

/**
 * A database on which the commands were run: once a run of the suites, whichever asks first, and each beginning that
 * two lists have in common once. The others wait for it.
 *
 * @param kind of the database, by which preparations are kept apart
 * @returns undefined for no commands
 */
export async function preparedBy(
  commands: readonly Command[],
  kind: string,
  copy: Copy,
): Promise<Prepared | undefined> {
  const last = commands.at(-1)
  if (last === undefined) return undefined
  const name = createHash('sha256').update(JSON.stringify(commands)).digest('hex').slice(0, 16)
  const folder = join(inject('run').folder, 'prepared', `${kind}-${name}`)
  const result = join(folder, 'result.json')
  mkdirSync(join(folder, '..'), { recursive: true })
  if (!isFirst(folder)) return outcome(result)
  try {
    const before = await preparedBy(commands.slice(0, -1), kind, copy)
    const home = join(folder, 'home')
    mkdirSync(home)
    const { databaseUrl } = await copy(home, before)
    const address = databaseUrl === undefined ? { home } : { home, databaseUrl }
    await (last === SERVED ? serveUntilQuiet(address) : runJson(address, last))
    write(result, address)
    return address
  } catch (error) {
    write(result, { error: String(error) })
    throw error
  }
}

/** Whether this is who makes the folder: of several processes, one. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function outcome(file: string): Promise<Prepared> {
  while (!existsSync(file)) await sleep(50)
  const found = JSON.parse(readFileSync(file, 'utf8')) as Prepared & { readonly error?: string }
  if (found.error !== undefined) throw new Error(found.error)
  return found
}

function write(file: string, content: object): void {
  writeFileSync(`${file}.part`, JSON.stringify(content))
  renameSync(`${file}.part`, file)
}

async function serveUntilQuiet(address: Prepared): Promise<void> {
  const service = await startService(address)
  const db = openDatabase(address)
  try {
    const isQuiet = () =>
      db.transaction(async () => {
        const now = new Date().toISOString()
        const unheard = await db.sql('events').first('id')
        const due = await db
          .sql('jobs')
          .whereIn('status', ['queued', 'running'])
          .where('run_at', '<=', now)
          .first('id')
        return unheard === undefined && due === undefined
      })
    if (!(await eventually(isQuiet, (quiet) => quiet))) throw new Error('the service does not come to rest')
  } finally {
    await db.close()
    await service.stop()
  }
}
