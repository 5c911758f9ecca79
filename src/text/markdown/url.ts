const harmless = /^(?:https?|mailto|tel|ftp):/i
const scheme = /^[a-z][a-z\d+.-]*:/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these before they read the scheme
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff]/g
const encoded: Readonly<Record<string, string>> = {
  ' ': '%20',
  '(': '%28',
  ')': '%29',
  '<': '%3C',
  '>': '%3E',
}

/**
 * A URL fit to stand inside `[…](…)`.
 *
 * @returns undefined for an empty one and for any scheme but http, https, mailto, tel and ftp; a relative URL stays
 */
export function safeUrl(url: string | undefined): string | undefined {
  const seen = (url ?? '').replace(invisible, '').trim()
  if (seen === '' || (scheme.test(seen) && !harmless.test(seen))) return undefined
  return seen.replaceAll('\\', '%5C').replace(/[ ()<>]/g, (each) => encoded[each]!)
}

/** Whether a link's target is one, but none that {@link safeUrl} lets pass. */
export function isUnsafe(url: string): boolean {
  return url !== '' && safeUrl(url) === undefined
}
