import { html, safeHtml } from '../../text/html/html.ts'

export interface FeedEntry {
  readonly title: string
  readonly url: string
  readonly summary: string
  readonly updatedAt: string
  readonly publishedAt: string
}

export interface Feed {
  readonly title: string
  readonly author: string
  readonly language: string
  /** Its own address, which is its id too. */
  readonly url: string
  /** The page that it is of. */
  readonly home: string
  /** The newest first. */
  readonly entries: readonly FeedEntry[]
}

/** An Atom feed (RFC 4287). */
export function atomFeed({ title, author, language, url, home, entries }: Feed): string {
  const updated = entries.reduce(
    (latest, { updatedAt }) => (updatedAt > latest ? updatedAt : latest),
    '1970-01-01T00:00:00.000Z',
  )
  return html`${safeHtml('<?xml version="1.0" encoding="utf-8"?>')}
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>${url}</id>
<title>${title}</title>
<updated>${updated}</updated>
<author><name>${author}</name></author>
<link rel="self" type="application/atom+xml" href="${url}"/>
<link rel="alternate" type="text/html" href="${home}"/>
${entries.map(
  (entry) => html`<entry>
<id>${entry.url}</id>
<title>${entry.title}</title>
<link rel="alternate" type="text/html" href="${entry.url}"/>
<published>${entry.publishedAt}</published>
<updated>${entry.updatedAt}</updated>
<summary>${entry.summary}</summary>
</entry>
`,
)}</feed>
`.markup
}
