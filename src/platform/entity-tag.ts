import { defineErrors } from './errors.ts'

const errors = defineErrors({
  PRECONDITION_REQUIRED: [428, 'If-Match is missing. Send it with the ETag of the version you read.'],
})

/** The version that stands for a tag of another form; nothing ever has it. */
const NO_VERSION = -1

/** The entity tag of a version of something that people edit. */
export function entityTag(version: number): string {
  return `"${version}"`
}

/**
 * The version that a caller names in `If-Match`.
 *
 * @returns undefined without the header; a version that nothing has for a tag that {@link entityTag} did not make
 */
export function versionIn(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) return undefined
  const digits = /^"(\d{1,9})"$/.exec(ifMatch.trim())?.[1]
  return digits === undefined ? NO_VERSION : Number(digits)
}

/**
 * The version that a caller must name in `If-Match`, so that nobody overwrites a change they have not read.
 *
 * @throws CodedError PRECONDITION_REQUIRED
 */
export function requireVersionIn(ifMatch: string | undefined): number {
  const version = versionIn(ifMatch)
  if (version === undefined) throw errors.PRECONDITION_REQUIRED()
  return version
}
