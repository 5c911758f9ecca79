const PLACES = { browser: () => localStorage, tab: () => sessionStorage }

let owner = ''

/** From now on texts are kept for this person: what another wrote in the same browser is not shown to them. */
export function keepTextsFor(person: string): void {
  owner = person
}

/**
 * Keeps a short text in progress in this browser, before the next key is heard: what is written to IndexedDB may not be
 * there yet when the page closes. Empty texts are forgotten.
 *
 * @param place `tab`: until the tab is closed
 */
export function keepText(name: string, text: string, place: keyof typeof PLACES = 'browser'): void {
  try {
    if (text === '') PLACES[place]().removeItem(fullName(name))
    else PLACES[place]().setItem(fullName(name), text)
  } catch {
    // A browser that keeps nothing, or is full, still shows what is typed.
  }
}

/** A text that was kept under the name. */
export function keptText(name: string, place: keyof typeof PLACES = 'browser'): string | undefined {
  try {
    return PLACES[place]().getItem(fullName(name)) ?? undefined
  } catch {
    return undefined
  }
}

/** The texts kept under names that begin alike, by the rest of the name. */
export function keptTexts(beginning: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  try {
    for (const [name, text] of Object.entries<string>(localStorage))
      if (name.startsWith(fullName(beginning))) found.set(name.slice(fullName(beginning).length), text)
  } catch {
    // A browser that keeps nothing has none.
  }
  return found
}

function fullName(name: string): string {
  return `entraide ${owner} ${name}`
}
