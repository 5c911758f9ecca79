import { readJsonDocuments } from '../../sources/reading/json-documents.ts'
import {
  isObject,
  type JsonDocument,
  JsonFields,
  type JsonObject,
} from '../../sources/reading/json-fields.ts'
import type { Place } from '../../sources/record.ts'
import { htmlToMarkdown } from '../../text/markdown/to-markdown.ts'
import type { Found, FoundArticle } from './found-article.ts'
import { splitSections } from './split-sections.ts'

const ARRAYS = ['articles', 'sections', 'categories'] as const

/** Names of the sections that articles stand in. */
interface Names {
  readonly sections: Map<string, { readonly name: string; readonly category?: string }>
  readonly categories: Map<string, string>
}

/**
 * Reads what the Help Center API of Zendesk Guide answers: pages of `articles`, with their `translations`, `sections` and
 * `categories` if these were asked for. Each translation is an article of its own.
 *
 * @throws CodedError for files that cannot be read
 */
export async function* readZendeskGuide(paths: readonly string[]): AsyncGenerator<Found> {
  const names = await readNames(paths)
  for await (const document of documentsOf(paths)) {
    if ('remark' in document) yield document
    else if (document.member === 'articles') yield* articlesOf(document, names)
  }
}

async function* documentsOf(
  paths: readonly string[],
): AsyncGenerator<JsonDocument | Extract<Found, { remark: unknown }>> {
  const progress = { bytesRead: 0, bytesTotal: 0 }
  for await (const block of readJsonDocuments(paths, progress, { arrays: ARRAYS }))
    for (const document of block) {
      if ('rejected' in document) {
        const { place, code, reason } = document.rejected
        yield { remark: { outcome: 'refused', place, code, reason } }
      } else yield document
    }
}

/** The sections and categories, which may stand in other files than their articles, or after them. */
async function readNames(paths: readonly string[]): Promise<Names> {
  const names: Names = { sections: new Map(), categories: new Map() }
  for await (const document of documentsOf(paths)) {
    if ('remark' in document || !isObject(document.value)) continue
    const fields = new JsonFields(document.value)
    const id = fields.optionalId('id') ?? ''
    const name = fields.optionalText('name') ?? ''
    if (document.member === 'sections')
      names.sections.set(id, { name, category: fields.optionalId('category_id') })
    if (document.member === 'categories') names.categories.set(id, name)
  }
  return names
}

async function* articlesOf({ value, place }: JsonDocument, names: Names): AsyncGenerator<Found> {
  if (!isObject(value)) return yield refused(place, 'an article must be an object')
  const fields = new JsonFields(value)
  const id = fields.id('id')
  const common = {
    place,
    translationGroup: id,
    section: sectionOf(fields, names),
    isRestricted: isRestricted(value),
    createdAt: fields.optionalTime('created_at'),
  }
  const own = fields.optionalText('locale') ?? fields.text('source_locale')
  const translations = fields.array('translations').filter(isObject)
  const others = translations.filter((each) => each.locale !== own)
  for (const [texts, locale] of [
    [value, own] as const,
    ...others.map((each) => [each, undefined] as const),
  ]) {
    const read = new JsonFields(texts)
    const inLocale = locale ?? read.text('locale')
    const title = read.optionalText('title') ?? read.text('name')
    const isDraft = read.flag('draft') || (locale !== undefined && isDraftIn(translations, own))
    const updatedAt = read.optionalTime('edited_at') ?? read.optionalTime('updated_at')
    const language = /^[a-z]{2,3}(?=-|_|$)/.exec(inLocale.toLowerCase())?.[0]
    const problem = fields.problem ?? read.problem
    if (problem !== undefined) yield refused(place, problem.reason, problem.code)
    else if (language === undefined) yield refused(place, `locale "${inLocale.slice(0, 40)}" is no language`)
    else {
      const sections = await splitSections(title, htmlToMarkdown(read.optionalText('body') ?? ''))
      const article: FoundArticle = {
        ...common,
        externalId: `${id}:${inLocale.toLowerCase()}`,
        content: { title, language, ...sections },
        confidence: isDraft ? 'wip' : 'validated',
        updatedAt,
      }
      yield { article }
    }
  }
}

/** Whether the translation that the article itself repeats is a draft, of which the article may know nothing. */
function isDraftIn(translations: readonly JsonObject[], locale: string): boolean {
  return translations.some((each) => each.locale === locale && each.draft === true)
}

/** Whether only some may read it: signed-in users, agents, a segment. */
function isRestricted({ user_segment_id: one, user_segment_ids: several }: JsonObject): boolean {
  return (one !== undefined && one !== null) || (Array.isArray(several) && several.length > 0)
}

function sectionOf(fields: JsonFields, { sections, categories }: Names): string | undefined {
  const section = sections.get(fields.optionalId('section_id') ?? '')
  if (section === undefined) return undefined
  const names = [categories.get(section.category ?? ''), section.name]
  return names.filter((name) => name !== undefined && name !== '').join(' › ') || undefined
}

function refused(place: Place, reason: string, code = 'IMPORT_RECORD_INVALID'): Found {
  return { remark: { outcome: 'refused', place, code, reason } }
}
