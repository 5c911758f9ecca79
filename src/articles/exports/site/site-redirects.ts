import type { Audience } from '../../../access/audience.ts'
import { escapeHtml } from '../../../text/html/html.ts'
import type { ArticleDeps } from '../../deps.ts'
import { addressOf, type ListedArticle, type Site } from './site-pages.ts'

/** A page that was at another place, below the folder of the site. */
interface Redirect {
  readonly path: string
  readonly to: ListedArticle
}

const CHUNK = 100

/**
 * Where articles of a site were before they got another title or language, and those of articles that became part of
 * them: what the readers of the site may have met, each with the article that is there now.
 */
export async function* redirects(
  { addresses, merges }: Pick<ArticleDeps, 'addresses' | 'merges'>,
  written: readonly ListedArticle[],
  audience: Audience,
): AsyncGenerator<Redirect> {
  const pages = new Set(written.map(({ path }) => path))
  for (let from = 0; from < written.length; from += CHUNK) {
    const some = new Map(written.slice(from, from + CHUNK).map((each) => [each.id, each]))
    const parts = await merges.partsOf([...some.keys()])
    for (const { articleId, language, slug } of await addresses.metBy(
      [...some.keys(), ...parts.keys()],
      audience,
    )) {
      const to = some.get(parts.get(articleId) ?? articleId)
      const path = `${language}/${slug}.html`
      if (to === undefined || pages.has(path)) continue
      pages.add(path)
      yield { path, to }
    }
  }
}

/** A page that leads on to another. Files cannot answer with a status, so it says it to browsers and search engines. */
export function redirectPage(site: Site, from: string, { title, language, path }: ListedArticle): string {
  const there = escapeHtml(`${'../'.repeat(from.split('/').length - 1)}${path}`)
  const shown = escapeHtml(title)
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=${there}">
<link rel="canonical" href="${escapeHtml(addressOf(site, path))}">
<title>${shown}</title>
<link rel="stylesheet" href="../assets/site.css">
</head>
<body>
<main>
<p><a href="${there}">${shown}</a></p>
</main>
</body>
</html>
`
}
