import { ingestErrors } from './errors.ts'

/** The longest name that routing rules and search filters take. */
export const LONGEST_SOURCE_NAME = 200

/**
 * The name of a source as it is stored, without surrounding space.
 *
 * @throws CodedError SOURCE_NAME_INVALID
 */
export function requireSourceName(text: string): string {
  const name = text.trim()
  if (name === '' || name.length > LONGEST_SOURCE_NAME || /\p{Cc}|\p{Surrogate}/u.test(name))
    throw ingestErrors.SOURCE_NAME_INVALID({ longest: LONGEST_SOURCE_NAME })
  return name
}
