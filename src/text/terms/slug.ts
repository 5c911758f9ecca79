import { fold } from './fold.ts'

const LONGEST = 60

/**
 * The last part of an address: words of a title, then an id, as in `activer-l-itinerance--art_…`. With the id no two things
 * have the same, whatever they are called.
 */
export function slugOf({ id, title }: { readonly id: string; readonly title: string }): string {
  const words = title.split(/[^\p{L}\p{N}\p{M}]+/u).map((word) => fold(word).replaceAll('.', ''))
  let slug = ''
  for (const word of words.filter((each) => /^[a-z0-9]+$/.test(each))) {
    if (slug.length + word.length > LONGEST) break
    slug += slug === '' ? word : `-${word}`
  }
  return slug === '' ? id : `${slug}--${id}`
}
