const LONGEST = 90

/** What a thread is called: its title, or the beginning of its question. */
export function titleOf({ title, excerpt }: { readonly title: string; readonly excerpt: string }): string {
  return title === '' ? beginningOf(excerpt) : title
}

/** The beginning of a text's first line. */
export function beginningOf(text: string): string {
  const [line = ''] = text.trim().split('\n')
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`
}
