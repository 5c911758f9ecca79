import { chmodSync, closeSync, openSync, statSync } from 'node:fs'

const OWNER_ONLY = 0o600
const OTHERS = 0o007

/**
 * Creates the file for its owner alone, before SQLite would for everyone; its journal gets the same mode. What an earlier
 * release left readable to everyone is closed, with its journal.
 */
export function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'a', OWNER_ONLY))
    for (const each of [file, `${file}-wal`, `${file}-shm`]) {
      const mode = statSync(each, { throwIfNoEntry: false })?.mode ?? OWNER_ONLY
      if ((mode & OTHERS) !== 0) chmodSync(each, OWNER_ONLY)
    }
  } catch (error) {
    // A file that another user owns, for example: whether it can be opened is for SQLite to say.
    if (!isFileSystemError(error)) throw error
  }
}

function isFileSystemError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException).syscall === 'string'
}
