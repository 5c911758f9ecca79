import { createHash, randomUUID } from 'node:crypto'
import {
  type FileHandle,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
} from 'node:fs/promises'
import { join } from 'node:path'
import { ingestErrors } from '../errors.ts'
import type { UploadedFile } from './import-queue.ts'

/** An upload that is arriving. */
export interface IncomingUpload {
  /**
   * Writes a file of the upload as it streams in.
   *
   * @throws CodedError UPLOAD_TOO_LARGE as soon as the files together exceed the limit; UPLOAD_NO_SPACE;
   *   UPLOAD_NAME_REPEATED
   */
  write(name: string, bytes: AsyncIterable<Uint8Array>): Promise<void>
  /** Moves the files to where imports find them; from then on they survive a power loss. */
  keep(): Promise<readonly UploadedFile[]>
}

export type UploadFolder = ReturnType<typeof createUploadFolder>

const ARRIVING = '.part'
const HOME_ID = 'home-id'
/** A request may take an hour; a folder that has not been written to for longer belongs to no request. */
const ABANDONED_MS = 2 * 3_600_000

/**
 * Uploaded exports on the disk of this machine: `<home>/uploads/<import id>/`, with `.part` appended while they arrive.
 * Several processes may share a home folder.
 */
export function createUploadFolder(home: string) {
  const root = join(home, 'uploads')
  const folderOf = (id: string) => join(root, id)

  /** Flushes the files, and the folder that they move to, to the disk. */
  async function keep(id: string, files: readonly UploadedFile[]): Promise<readonly UploadedFile[]> {
    await syncFolder(folderOf(id) + ARRIVING)
    await rename(folderOf(id) + ARRIVING, folderOf(id))
    await syncFolder(root)
    return files
  }

  return {
    folderOf,

    /**
     * Receives an upload. If `receive` throws, nothing of it remains.
     *
     * @param limit maximal number of bytes of all files together
     */
    async take<T>(id: string, limit: number, receive: (upload: IncomingUpload) => Promise<T>): Promise<T> {
      const arriving = folderOf(id) + ARRIVING
      const files: UploadedFile[] = []
      let left = limit
      try {
        await mkdir(arriving, { recursive: true, mode: 0o700 })
        return await receive({
          async write(name, bytes) {
            if (files.some((file) => file.name.toLowerCase() === name.toLowerCase()))
              throw ingestErrors.UPLOAD_NAME_REPEATED({ name })
            const written = await writeFile(join(arriving, name), bytes, left, limit)
            left -= written.bytes
            files.push({ name, ...written })
          },
          keep: () => keep(id, files),
        })
      } catch (fault) {
        await rm(arriving, { recursive: true, force: true })
        await rm(folderOf(id), { recursive: true, force: true })
        throw withCode(fault)
      }
    },

    async has(id: string): Promise<boolean> {
      return stat(folderOf(id)).then(
        () => true,
        () => false,
      )
    },

    async remove(id: string): Promise<void> {
      await rm(folderOf(id), { recursive: true, force: true })
    },

    /**
     * Removes what killed processes left behind: uploads that did not arrive in full, and files of imports that have
     * ended.
     *
     * @param unended returns those of the given imports that may still need their files
     */
    async sweep(unended: (ids: readonly string[]) => Promise<ReadonlySet<string>>): Promise<void> {
      const before = Date.now() - ABANDONED_MS
      const found: string[] = []
      const entries = await readdir(root, { withFileTypes: true }).catch(() => [])
      for (const entry of entries) {
        if (entry.isDirectory() && (await lastWritten(join(root, entry.name))) < before)
          found.push(entry.name)
      }
      const needed = found.length === 0 ? new Set<string>() : await unended(found)
      for (const name of found) {
        if (!needed.has(name)) await rm(join(root, name), { recursive: true, force: true })
      }
    },

    /** The id of this home folder; tells apart the disks of several machines. */
    async homeId(): Promise<string> {
      await mkdir(root, { recursive: true, mode: 0o700 })
      const file = join(root, HOME_ID)
      const known = await readFile(file, 'utf8').catch(() => undefined)
      if (known !== undefined) return known
      // Of several processes that start at once, the first one wins: creating a link is atomic.
      const draft = join(root, `${HOME_ID}.${randomUUID()}`)
      const handle = await open(draft, 'wx')
      try {
        await handle.writeFile(randomUUID())
        await handle.sync()
      } finally {
        await handle.close()
      }
      await link(draft, file).catch((fault: NodeJS.ErrnoException) => {
        if (fault.code !== 'EEXIST') throw fault
      })
      await unlink(draft)
      return readFile(file, 'utf8')
    },
  }
}

async function writeFile(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  left: number,
  limit: number,
): Promise<Pick<UploadedFile, 'bytes' | 'sha256'>> {
  const handle: FileHandle = await open(path, 'wx')
  const hash = createHash('sha256')
  let written = 0
  try {
    for await (const chunk of bytes) {
      written += chunk.length
      if (written > left) throw ingestErrors.UPLOAD_TOO_LARGE({ limit })
      hash.update(chunk)
      await writeAll(handle, chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { bytes: written, sha256: hash.digest('hex') }
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let from = 0; from < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, from)
    from += bytesWritten
  }
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function lastWritten(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  const paths = [folder, ...names.map((name) => join(folder, name))]
  const times = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  )
  return Math.max(...times)
}

function withCode(fault: unknown): unknown {
  const { code } = fault as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EDQUOT' ? ingestErrors.UPLOAD_NO_SPACE({}, { cause: fault }) : fault
}
