/** Levels of objects and lists: what recurses over a value must not run out of stack. */
export const MOST_LEVELS = 100
/** Fields of all objects together: validation takes microseconds for each. */
export const MOST_FIELDS = 10_000

const QUOTE = 34
const COLON = 58
const OPEN_LIST = 91
const BACKSLASH = 92
const CLOSE_LIST = 93
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125

/**
 * Whether a JSON text is nested deeper, or has more fields, than any request needs: then it is refused before anything
 * is made of it. One pass over the text, also where it is no valid JSON.
 */
export function exceedsJsonBounds(text: string): boolean {
  // Each level and each field takes two characters at least.
  if (text.length <= 2 * MOST_LEVELS) return false
  let levels = 0
  let fields = 0
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at)
        break
      case COLON:
        if (++fields > MOST_FIELDS) return true
        break
      case OPEN_LIST:
      case OPEN_OBJECT:
        if (++levels > MOST_LEVELS) return true
        break
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        levels--
        break
    }
  }
  return false
}

/** Where the string that opens at `start` closes. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at
    at += code === BACKSLASH ? 2 : 1
  }
  return text.length
}
