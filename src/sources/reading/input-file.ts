import { type FileHandle, open, stat } from 'node:fs/promises'
import { sourceErrors } from '../errors.ts'
import type { ReadProgress } from '../record.ts'

/** A file of an export, opened for reading from start to end. */
export interface InputFile {
  readonly name: string
  /** Fills `target` from `start` on; 0 at the end of the file. */
  read(target: Buffer, start: number): Promise<number>
  close(): Promise<void>
}

/**
 * @returns the size in bytes of `path`, which may be anything that can be read as a file
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE
 */
export async function fileSize(path: string): Promise<number> {
  const facts = await stat(path).catch((fault) => Promise.reject(unreadable(path, fault)))
  if (facts.isDirectory()) throw sourceErrors.FILE_UNREADABLE({ file: path, reason: 'it is a folder' })
  return facts.size
}

/** @throws FILE_NOT_FOUND, FILE_UNREADABLE */
export async function openInput(path: string, progress: ReadProgress): Promise<InputFile> {
  const handle: FileHandle = await open(path, 'r').catch((fault) => Promise.reject(unreadable(path, fault)))
  return {
    name: path,
    async read(target, start) {
      try {
        const { bytesRead } = await handle.read(target, start, target.length - start, null)
        progress.bytesRead += bytesRead
        return bytesRead
      } catch (fault) {
        throw unreadable(path, fault)
      }
    },
    close: () => handle.close(),
  }
}

function unreadable(path: string, fault: unknown): Error {
  const { code, message } = fault as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') return sourceErrors.FILE_NOT_FOUND({ file: path })
  const reason = code === 'EISDIR' ? 'it is a folder' : message
  return sourceErrors.FILE_UNREADABLE({ file: path, reason }, { cause: fault })
}
