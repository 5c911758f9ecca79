import { articleErrors } from './errors.ts'

/** The entity tag of a revision. */
export function etagOf({ revision }: { readonly revision: number }): string {
  return `"${revision}"`
}

/** The revision that a caller names in `If-Match`; one that is none of ours matches no article. */
export function revisionIn(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) return undefined
  const revision = /^\s*"(\d{1,9})"\s*$/.exec(ifMatch)?.[1]
  return revision === undefined ? 0 : Number(revision)
}

/** @throws CodedError PRECONDITION_REQUIRED when the caller does not say what they edit */
export function requireRevisionIn(ifMatch: string | undefined): number {
  const revision = revisionIn(ifMatch)
  if (revision === undefined) throw articleErrors.PRECONDITION_REQUIRED()
  return revision
}
