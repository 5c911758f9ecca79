import { toIsoTime } from '../../sources/reading/values.ts'
import { detectLanguage } from '../../text/language/detect-language.ts'
import { plainText } from '../../text/markdown/plain-text.ts'
import { htmlToMarkdown } from '../../text/markdown/to-markdown.ts'
import type { Found } from './found-article.ts'
import { splitSections } from './split-sections.ts'
import { paragraphsOf } from './wordpress-html.ts'
import { readItems, type WordPressItem } from './wordpress-items.ts'

/** What a site keeps beside what people read. */
const NO_TEXT =
  /^(?:attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+|acf-\w+|elementor_\w+|shop_\w+|product\w*)$/
const PUBLISHED = ['publish', 'private']
const GONE = ['trash', 'auto-draft', 'inherit']

/**
 * Reads exports of WordPress (WXR): posts, pages and what a knowledge base plugin adds, with the languages and
 * translations of Polylang or WPML.
 *
 * @throws CodedError for files that cannot be read
 */
export async function* readWordPress(paths: readonly string[]): AsyncGenerator<Found> {
  for (const path of paths) for await (const item of readItems(path)) yield await foundIn(item)
}

async function foundIn({ place, fields, categories, meta, siteLanguage }: WordPressItem): Promise<Found> {
  const status = fields.get('wp:status') ?? 'publish'
  if (NO_TEXT.test(fields.get('wp:post_type') ?? 'post') || GONE.includes(status)) return { ignored: 1 }
  const id = fields.get('wp:post_id') ?? fields.get('guid') ?? ''
  const title = (fields.get('title') ?? '').trim()
  const missing = id === '' ? 'wp:post_id' : title === '' ? 'title' : undefined
  if (missing !== undefined)
    return {
      remark: {
        outcome: 'refused',
        place,
        code: 'IMPORT_RECORD_INVALID',
        reason: `the item has no ${missing}`,
      },
    }
  const body = htmlToMarkdown(paragraphsOf(fields.get('content:encoded') ?? ''))
  const named = (domain: string) => categories.find((each) => each.domain === domain)
  const hasPassword = (fields.get('wp:post_password') ?? '') !== ''
  const stated = named('language')?.nicename ?? meta.get('_wpml_import_language_code') ?? siteLanguage
  return {
    article: {
      place,
      externalId: id,
      translationGroup: named('post_translations')?.nicename ?? meta.get('_wpml_import_translation_group'),
      section: categories.find(({ domain }) => /categor/.test(domain))?.name,
      content: {
        title,
        language: languageOf(stated) ?? detectLanguage(title, () => plainText(body)),
        ...(await splitSections(title, body)),
      },
      confidence: PUBLISHED.includes(status) ? 'validated' : 'wip',
      isRestricted: status === 'private' || hasPassword,
      createdAt: timeOf(fields.get('wp:post_date_gmt')),
      updatedAt: timeOf(fields.get('wp:post_modified_gmt')),
    },
  }
}

function languageOf(locale: string | undefined): string | undefined {
  return /^[a-z]{2,3}(?=[-_]|$)/.exec(locale?.toLowerCase() ?? '')?.[0]
}

/** `2024-05-31 09:30:00` in UTC; drafts have only zeros. */
function timeOf(text: string | undefined): string | undefined {
  return text === undefined || text.startsWith('0000') ? undefined : toIsoTime(text.trim().replace(' ', 'T'))
}
