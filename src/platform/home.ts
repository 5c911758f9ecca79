import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { defineErrors } from './errors.ts'

const errors = defineErrors({
  HOME_UNUSABLE: [
    500,
    'ENTRAIDE_HOME is {home}, which cannot be used: {reason}. Set ENTRAIDE_HOME to a folder that Entraide may write to.',
  ],
})

/** The mode of a new home: what people wrote lies in it. */
const PRIVATE = 0o700

/**
 * Makes the folder of everything kept on this machine, its owner's alone, unless it is there.
 *
 * @throws CodedError HOME_UNUSABLE when it is no folder, cannot be made, or cannot be written to
 */
export function ensureHome(home: string): void {
  const fail = (reason: string, cause?: unknown) => errors.HOME_UNUSABLE({ home, reason }, { cause })
  // Step by step: the recursive `mkdir` of Node never ends where a folder cannot be made below `/proc`.
  const missing: string[] = []
  let existing = home
  for (let found = kindOf(existing); found !== 'folder'; found = kindOf(existing)) {
    if (found === 'other')
      throw fail(existing === home ? 'it is not a folder' : `${existing} is not a folder`)
    missing.unshift(existing)
    if (dirname(existing) === existing) break
    existing = dirname(existing)
  }
  for (const folder of missing)
    try {
      mkdirSync(folder, folder === home ? { mode: PRIVATE } : {})
    } catch (error) {
      if (kindOf(folder) === 'folder') continue // Another process was quicker.
      throw fail(`the folder ${folder} cannot be made (${codeOf(error)})`, error)
    }
  try {
    accessSync(home, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw fail(`nothing can be written to it (${codeOf(error)})`, error)
  }
}

function kindOf(path: string): 'folder' | 'other' | 'missing' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'other'
  } catch {
    return 'missing'
  }
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code)
}
