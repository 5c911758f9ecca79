const MOST_BYTES = 200

/**
 * The name under which an uploaded file is kept and told of: the last part of what the sender calls it, without what
 * no file name may hold. Never a path, never empty.
 *
 * @param at the file's number in its upload, for one without a name
 */
export function uploadName(given: string | undefined, at: number): string {
  const last = (given ?? '').split(/[/\\]/).at(-1) ?? ''
  const clean = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  return cutEnd(clean) || `file-${at}`
}

/** Keeps the end, which tells the kind of file. */
function cutEnd(name: string): string {
  const characters = [...name].slice(-MOST_BYTES)
  while (Buffer.byteLength(characters.join('')) > MOST_BYTES) characters.shift()
  return characters.join('')
}
