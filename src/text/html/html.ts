const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it stands in HTML and XML, in attributes too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}

/** A value as JSON that no `</script>` in it can end. */
export function jsonForHtml(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}

/** Markup, which templates take as it is; everything else they escape. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }

  toString(): string {
    return this.markup
  }
}

/** What a template takes: markup, text to escape, lists of both; nothing is written of what is absent or false. */
export type HtmlValue = Html | string | number | false | undefined | readonly HtmlValue[]

/** A template whose values are escaped unless they are markup. Attributes must stand in double quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = parts[0]!
  for (const [at, value] of values.entries()) markup += written(value) + parts[at + 1]!
  return new Html(markup)
}

/** Markup that another part of the project made safe, such as rendered Markdown. */
export function safeHtml(markup: string): Html {
  return new Html(markup)
}

function written(value: HtmlValue): string {
  if (value instanceof Html) return value.markup
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  if (value === false || value === undefined) return ''
  return value.map(written).join('')
}
