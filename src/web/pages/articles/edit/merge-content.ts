import { type Content, SECTIONS } from '../article.ts'

export type Field = keyof Content

/** Who changed what since both texts were one. */
export interface Merge {
  /** Ours, with what only they changed taken in. */
  readonly content: Content
  readonly onlyOurs: readonly Field[]
  readonly onlyTheirs: readonly Field[]
  /** Changed by both, differently: a person has to choose. */
  readonly both: readonly Field[]
}

const FIELDS: readonly Field[] = ['title', 'language', ...SECTIONS]

/** Merges two texts field by field. Without `base`, every field that differs is changed by both. */
export function mergeContent(ours: Content, theirs: Content, base: Content | undefined): Merge {
  const differing = FIELDS.filter((field) => ours[field] !== theirs[field])
  const onlyOurs = differing.filter((field) => base !== undefined && theirs[field] === base[field])
  const onlyTheirs = differing.filter((field) => base !== undefined && ours[field] === base[field])
  const content = { ...ours }
  for (const field of onlyTheirs) content[field] = theirs[field]
  return {
    content,
    onlyOurs,
    onlyTheirs,
    both: differing.filter((field) => !onlyOurs.includes(field) && !onlyTheirs.includes(field)),
  }
}
