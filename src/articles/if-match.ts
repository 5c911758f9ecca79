import { entityTag, entityTagErrors, versionIn } from '../platform/entity-tag.ts'

/** The entity tag of a revision. */
export function etagOf({ revision }: { readonly revision: number }): string {
  return entityTag(revision)
}

/** The revision that a caller names in `If-Match`; one that is none of ours matches no article. */
export function revisionIn(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) return undefined
  return versionIn(ifMatch) ?? 0
}

/** @throws CodedError PRECONDITION_REQUIRED when the caller does not say what they edit */
export function requireRevisionIn(ifMatch: string | undefined): number {
  const revision = revisionIn(ifMatch)
  if (revision === undefined) throw entityTagErrors.PRECONDITION_REQUIRED()
  return revision
}
