import { entityTag, entityTagErrors, versionIn } from '../platform/entity-tag.ts'

/** The entity tag of an endpoint. */
export function etagOf({ version }: { readonly version: number }): string {
  return entityTag(version)
}

/**
 * The version that a caller names in `If-Match`; a tag that is none of ours matches no endpoint.
 *
 * @throws CodedError PRECONDITION_REQUIRED
 */
export function requireVersionIn(ifMatch: string | undefined): number {
  if (ifMatch === undefined) throw entityTagErrors.PRECONDITION_REQUIRED()
  return versionIn(ifMatch) ?? 0
}
