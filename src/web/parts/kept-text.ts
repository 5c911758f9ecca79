const PREFIX = 'entraide '

/**
 * Keeps a short text in progress in this browser, before the next key is heard: what is written to IndexedDB may not be
 * there yet when the page closes. Empty texts are forgotten.
 */
export function keepText(name: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(PREFIX + name)
    else localStorage.setItem(PREFIX + name, text)
  } catch {
    // A browser that keeps nothing, or is full, still shows what is typed.
  }
}

/** A text that was kept under the name. */
export function keptText(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined
  } catch {
    return undefined
  }
}

/** The texts kept under names that begin alike, by the rest of the name. */
export function keptTexts(beginning: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  try {
    for (const [name, text] of Object.entries<string>(localStorage))
      if (name.startsWith(PREFIX + beginning)) found.set(name.slice(PREFIX.length + beginning.length), text)
  } catch {
    // A browser that keeps nothing has none.
  }
  return found
}
