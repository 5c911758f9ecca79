/** One of the phrases at the start of a statement. Phrases are separated by `|` and space, and may be expressions. */
export function opening(phrases: string): RegExp {
  return new RegExp(`^(?:${alternatives(phrases)})(?![\\p{L}])`, 'u')
}

/** One of the phrases anywhere in a statement, between words. */
export function anywhere(phrases: string): RegExp {
  return new RegExp(`(?:^|[^\\p{L}\\p{N}])(?:${alternatives(phrases)})(?![\\p{L}])`, 'u')
}

/** `two=2 three=3`: what stands for what. */
export function pairs(list: string): ReadonlyMap<string, string> {
  return new Map(
    list
      .trim()
      .split(/\s+/)
      .map((pair) => pair.split('=') as [string, string]),
  )
}

function alternatives(phrases: string): string {
  return phrases
    .trim()
    .replace(/\s*\|\s+/g, '|')
    .replace(/\s*\n\s*/g, ' ')
}
