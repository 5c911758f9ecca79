import { createHash } from 'node:crypto'
import type { SpokenLanguage } from '../../text/language/preferred-language.ts'
import { slugOf } from '../../text/terms/slug.ts'
import type { Logo } from '../settings/settings.ts'

/** What an address is made of. */
interface Titled {
  readonly id: string
  readonly title: string
  readonly language: string
}

export function homePath(language: SpokenLanguage): string {
  return `/help/${language}`
}

/** The address of an article. Its id finds it, whatever the title before it says. */
export function articlePath(article: Titled): string {
  return `/help/${article.language}/articles/${slugOf(article)}`
}

/** The address of a resolved thread. */
export function questionPath(thread: Titled): string {
  return `/help/${spoken(thread.language)}/questions/${slugOf(thread)}`
}

/** The address of a category; of the articles without one. */
export function categoryPath(language: SpokenLanguage, category: string | undefined): string {
  return `/help/${language}/categories/${categoryKey(category)}`
}

/** What stands for a category in addresses: any name, however long, has one. */
export function categoryKey(category: string | undefined): string {
  if (category === undefined) return 'other'
  const digest = createHash('sha256').update(category).digest('hex').slice(0, 6)
  return slugOf({ id: digest, title: category })
}

/** @param more what the results are narrowed to, and where they begin */
export function searchPath(
  language: SpokenLanguage,
  q = '',
  more: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const asked = Object.entries({ q: q === '' ? undefined : q, ...more }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return `/help/${language}/search${asked.length === 0 ? '' : `?${asked.join('&')}`}`
}

/**
 * Where customers ask what no page answers.
 *
 * @param q what they searched for
 * @param after the id of the page that they read before
 */
export function askPath(language: SpokenLanguage, q = '', after = ''): string {
  const given = [q === '' ? '' : `q=${encodeURIComponent(q)}`, after === '' ? '' : `after=${after}`]
  const query = given.filter(Boolean).join('&')
  return `/help/${language}/ask${query === '' ? '' : `?${query}`}`
}

export function feedPath(language: SpokenLanguage, category?: string): string {
  return category === undefined
    ? `/help/${language}/feed.xml`
    : `${categoryPath(language, category)}/feed.xml`
}

export function logoPath({ hash, type }: Pick<Logo, 'hash' | 'type'>): string {
  return `/help/assets/logo-${hash}.${type === 'image/png' ? 'png' : 'svg'}`
}

/** The id at the end of an address's last part. */
export function idIn(part: string): string | undefined {
  return /(?:^|-)((?:art|thr)_\w{1,60})$/.exec(part)?.[1]
}

/** The language of the pages around a text: the text's own where it is one of theirs. */
export function spoken(language: string): SpokenLanguage {
  return language === 'fr' ? 'fr' : 'en'
}
