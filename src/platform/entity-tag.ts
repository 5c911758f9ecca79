import { defineErrors } from './errors.ts'

export const entityTagErrors = defineErrors({
  PRECONDITION_REQUIRED: [428, 'If-Match is missing. Send it with the ETag of the version you read.'],
})

/** The entity tag of a version of what people edit. */
export function entityTag(version: number): string {
  return `"${version}"`
}

/** The version that a caller names in `If-Match`; undefined for a tag that is none of ours. */
export function versionIn(ifMatch: string): number | undefined {
  const digits = /^"(\d{1,9})"$/.exec(ifMatch.trim())?.[1]
  return digits === undefined ? undefined : Number(digits)
}
