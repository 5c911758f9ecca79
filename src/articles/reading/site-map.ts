import { escapeHtml } from '../../text/html/html.ts'

/** A page of a site map. */
export interface MappedPage {
  readonly url: string
  /** When it last changed, as ISO 8601. */
  readonly changedAt?: string
  /** Its translations and itself, by language; told where there are several. */
  readonly translations?: ReadonlyMap<string, string>
}

/** A page's entry in a site map (sitemaps.org). */
export function mapEntry({ url, changedAt, translations = new Map() }: MappedPage): string {
  const changed = changedAt === undefined ? '' : `<lastmod>${changedAt}</lastmod>`
  const links = [...translations].map(
    ([language, other]) =>
      `<xhtml:link rel="alternate" hreflang="${escapeHtml(language)}" href="${escapeHtml(other)}"/>`,
  )
  return `<url><loc>${escapeHtml(url)}</loc>${changed}${translations.size > 1 ? links.join('') : ''}</url>`
}

/** A site map of entries, at most 50,000. */
export function siteMapOf(entries: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${entries.join('\n')}
</urlset>
`
}

/** The list of several site maps. */
export function siteMapIndex(urls: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.map((url) => `<sitemap><loc>${escapeHtml(url)}</loc></sitemap>`).join('\n')}
</sitemapindex>
`
}
