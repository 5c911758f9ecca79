import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { exportErrors } from './errors.ts'

/** The file by which an exported folder is known; it holds the export's format. */
const MARKER = '.entraide-export'
/** What an export that was killed left behind is removed by a later one, after this time. */
const STALE_MS = 3_600_000

/** Adds a file to an exported folder. */
export type AddFile = (path: string, content: string) => Promise<void>

/**
 * Writes a folder anew beside its place, and then puts it there: readers see the earlier one or the new one, whole.
 *
 * @throws CodedError EXPORT_PATH_FOREIGN where something else is there
 */
export async function replaceFolder<T>(
  path: string,
  format: string,
  write: (add: AddFile) => Promise<T>,
): Promise<T> {
  const place = resolve(path)
  const requireOwn = async () => {
    if (!(await isOwnFolder(place, format))) throw exportErrors.EXPORT_PATH_FOREIGN({ path })
  }
  await requireOwn()
  const { fresh, earlier } = await namesBeside(place)
  await mkdir(fresh)
  try {
    const folders = new Set<string>()
    const result = await write(async (file, content) => {
      const folder = dirname(join(fresh, file))
      if (!folders.has(folder)) await mkdir(folder, { recursive: true })
      folders.add(folder)
      await writeFile(join(fresh, file), content)
    })
    await writeFile(join(fresh, MARKER), `${format}\n`)
    await requireOwn()
    const wasThere = await rename(place, earlier).then(
      () => true,
      () => false,
    )
    await rename(fresh, place)
    if (wasThere) await rm(earlier, { recursive: true })
    return result
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

/**
 * Writes a file anew beside its place, and then puts it there. Only its owner may read it.
 *
 * @param begins how a file begins that may be replaced
 * @throws CodedError EXPORT_PATH_FOREIGN where something else is there
 */
export async function replaceFile(path: string, begins: string, lines: AsyncIterable<string>): Promise<void> {
  const place = resolve(path)
  if (!(await isOwnFile(place, begins))) throw exportErrors.EXPORT_PATH_FOREIGN({ path })
  const { fresh } = await namesBeside(place)
  const file = await open(fresh, 'wx', 0o600)
  try {
    for await (const line of lines) await file.write(line)
    await file.sync()
    await file.close()
    await rename(fresh, place)
  } finally {
    await file.close()
    await rm(fresh, { force: true })
  }
}

/** Hidden names beside a place, for what will be there and what was; what killed exports left there is removed. */
async function namesBeside(place: string): Promise<{ readonly fresh: string; readonly earlier: string }> {
  const folder = dirname(place)
  await mkdir(folder, { recursive: true })
  const prefix = `.${basename(place)}.entraide-`
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix)) continue
    const left = join(folder, name)
    if (Date.now() - (await stat(left)).mtimeMs > STALE_MS) await rm(left, { recursive: true, force: true })
  }
  const name = join(folder, `${prefix}${randomBytes(6).toString('hex')}`)
  return { fresh: `${name}-new`, earlier: `${name}-old` }
}

/** Whether a place is free for a folder: nothing, an empty folder, or an earlier export of the format. */
async function isOwnFolder(place: string, format: string): Promise<boolean> {
  const names = await readdir(place).catch(absentAs(undefined, []))
  if (names === undefined || names.length === 0) return names !== undefined
  const marker = await readFile(join(place, MARKER), 'utf8').catch(absentAs('', ''))
  return marker.trim() === format
}

async function isOwnFile(place: string, begins: string): Promise<boolean> {
  const file = await open(place, 'r').catch(absentAs(undefined, undefined))
  if (file === undefined) return (await stat(place).catch(() => undefined)) === undefined
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Buffer.byteLength(begins)), 0)
    return bytesRead === 0 || buffer.toString('utf8', 0, bytesRead) === begins
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return false
    throw error
  } finally {
    await file.close()
  }
}

/** Catches that a path is no folder (or file), and that there is nothing. */
function absentAs<Other, Absent>(
  other: Other,
  absent: Absent,
): (error: NodeJS.ErrnoException) => Other | Absent {
  return (error) => {
    if (error.code === 'ENOENT') return absent
    if (error.code === 'ENOTDIR' || error.code === 'EISDIR') return other
    throw error
  }
}
