import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

/** An index as it was at a position of one database's change sequence. */
interface IndexSnapshot {
  readonly identity: string
  readonly position: number
  /** In the engine's format, which has a checksum of its own. */
  readonly bytes: Uint8Array
}

export type SnapshotFile = ReturnType<typeof createSnapshotFile>

const NAME = 'search.snapshot'
/** Length of the head: a line of JSON, `[identity, position, checksum of both]`, padded to align the arrays after it. */
const HEAD_BYTES = 128

/** The file in `home` from which a process restores its index at its start, instead of building it. */
export function createSnapshotFile(home: string) {
  const path = join(home, NAME)
  let written = 0

  return {
    path,

    /** @returns undefined when there is no file @throws Error when it cannot be read or is no snapshot */
    async read(): Promise<IndexSnapshot | undefined> {
      const content = await readFile(path).catch((error) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      })
      if (content === undefined) return undefined
      return { ...parseHead(content.subarray(0, HEAD_BYTES)), bytes: content.subarray(HEAD_BYTES) }
    },

    /** Replaces the file atomically: after a crash it is the old one or the new one, whole. */
    async write({ identity, position, bytes }: IndexSnapshot): Promise<void> {
      await mkdir(home, { recursive: true })
      const temporary = `${path}.${process.pid}-${++written}.tmp`
      try {
        const file = await open(temporary, 'w', 0o600)
        try {
          await file.writeFile(formatHead(identity, position))
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(temporary, path)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
      await syncFolder(home)
      await removeLeftovers(home)
    },
  }
}

function checksum(identity: string, position: number): number {
  return crc32(`${identity} ${position}`)
}

function formatHead(identity: string, position: number): string {
  return `${JSON.stringify([identity, position, checksum(identity, position)]).padEnd(HEAD_BYTES - 1)}\n`
}

function parseHead(head: Uint8Array): { identity: string; position: number } {
  const [identity, position, check] = JSON.parse(new TextDecoder().decode(head)) as [string, number, number]
  if (check !== checksum(identity, position)) throw new Error('its header does not match its checksum')
  return { identity, position }
}

/** Makes a rename survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Deletes temporary files of processes that died while writing. */
async function removeLeftovers(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const pid = /^search\.snapshot\.(\d+)-\d+\.tmp$/.exec(name)?.[1]
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(home, name), { force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
