/** Puts values where a text names them in braces. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** A language's name in itself, as far as the runtime knows it. */
export function nameOfLanguage(language: string): string {
  return NAMES.get(language) ?? findName(language)
}

function findName(language: string): string {
  try {
    const name =
      new Intl.DisplayNames([language], { type: 'language', fallback: 'code' }).of(language) ?? language
    return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
  } catch {
    return language
  }
}

const dates = {
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
  fr: new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: 'UTC' }),
}

/** A date as people of a language write it. */
export function dateIn(language: string, iso: string): string {
  return dates[language === 'fr' ? 'fr' : 'en'].format(new Date(iso))
}

const lists = {
  en: new Intl.ListFormat('en', { type: 'conjunction' }),
  fr: new Intl.ListFormat('fr', { type: 'conjunction' }),
}

/** Names as a sentence lists them: *Ana, Bo and Cy*. */
export function listIn(language: string, listed: readonly string[]): string {
  return lists[language === 'fr' ? 'fr' : 'en'].format(listed)
}

/** Those that most pages name: to find a name takes the runtime longer than to write a page. */
const NAMES: ReadonlyMap<string, string> = new Map(['en', 'fr'].map((each) => [each, findName(each)]))
