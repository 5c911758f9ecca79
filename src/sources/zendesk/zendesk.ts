import { readJsonDocuments } from '../reading/json-documents.ts'
import { type JsonExportReader, readJsonExport } from '../reading/json-export.ts'
import { isObject, type JsonDocument, JsonFields, type JsonObject } from '../reading/json-fields.ts'
import { cleanText } from '../reading/values.ts'
import type { ReadProgress, SourceFormat, SourceItem } from '../record.ts'
import { ZendeskCommunity, type ZendeskNames } from './community.ts'

const LISTS = ['posts', 'comments', 'users', 'topics', 'content_tags', 'records', 'results', 'votes'] as const

/**
 * A Zendesk community as responses of its Help Center API: pages of posts and of comments, with topics, users and content
 * tags (sideloaded or from their own lists), in files and folders of any names, or one per line.
 *
 * Names may come after what they name, so files are read twice: first for names, then for the rest.
 */
export const zendesk: SourceFormat = {
  name: 'zendesk',
  description: 'Zendesk community: posts and comments as JSON of the Help Center API',
  async *read(paths, progress) {
    const names = await readNames(paths, progress)
    const community = new ZendeskCommunity(names)
    yield* readJsonExport(paths, progress, createReader(community))
  },
}

function createReader(community: ZendeskCommunity): JsonExportReader {
  return {
    arrays: LISTS,
    read: (document, items) => readOne(document, items),
    end: () => community.end(),
  }

  function readOne({ value, member, place }: JsonDocument, items: SourceItem[]): string | undefined {
    if (!isObject(value)) return 'it is not a post, a comment or a list of them'
    const kind = kindOf(value, member)
    if (kind === 'post') community.post(value, place, items)
    else if (kind === 'comment') community.comment(value, place, items)
    else if (kind === 'user') community.user(value, place, items)
    else if (kind === 'error') return errorOf(value)
    else if (kind === 'unknown') return 'it is not a post, a comment or a list of them'
    else if (kind === 'page') {
      for (const each of listed({ value, place })) readOne(each, items)
      community.page(value, place)
    }
    return undefined
  }
}

/** The elements of the lists of a page that was read as a whole (an element of an array of pages). */
function listed({ value, place }: JsonDocument): JsonDocument[] {
  if (!isObject(value)) return []
  return LISTS.flatMap((member) => {
    const list = value[member]
    return Array.isArray(list)
      ? list.map((each: unknown) => ({ value: each, member, place: { ...place } }))
      : []
  })
}

type Kind = 'post' | 'comment' | 'user' | 'topic' | 'tag' | 'other' | 'page' | 'error' | 'unknown'

function kindOf(value: JsonObject, member: string | undefined): Kind {
  const has = (key: string) => Object.hasOwn(value, key)
  if (member === 'users') return 'user'
  if (member === 'topics') return 'topic'
  if (member === 'content_tags' || member === 'records') return 'tag'
  if (member === 'votes') return 'other'
  if (has('post_id') && has('body')) return 'comment'
  if (has('title') && has('details')) return 'post'
  if (isObject(value.post) || isObject(value.comment)) return 'other'
  if (LISTS.some(has)) return 'page'
  if (has('error') || has('errors')) return 'error'
  return 'unknown'
}

/** The names of topics and content tags, by id. Faults are left to the second pass. */
async function readNames(paths: readonly string[], progress: ReadProgress): Promise<ZendeskNames> {
  const topics = new Map<string, string>()
  const tags = new Map<string, string>()
  const read = (document: JsonDocument) => {
    const { value, member } = document
    for (const each of member === undefined ? listed(document) : []) read(each)
    const into =
      member === 'topics' ? topics : member === 'content_tags' || member === 'records' ? tags : undefined
    if (into === undefined || !isObject(value)) return
    const fields = new JsonFields(value)
    const id = fields.optionalId('id')
    const name = fields.optionalText('name')?.trim()
    if (id !== undefined && name) into.set(id, name)
  }
  try {
    for await (const block of readJsonDocuments(paths, progress, { arrays: LISTS })) {
      for (const document of block) if (!('rejected' in document)) read(document)
    }
  } catch {
    // The second pass meets the same fault, and yields what comes before it.
  }
  return { topics, tags }
}

function errorOf({ error, errors, description }: JsonObject): string {
  const detail = [error, description, errors].find((each) => typeof each === 'string')
  return cleanText(
    `Zendesk responded with an error${detail === undefined ? '' : `: ${String(detail).slice(0, 100)}`}`,
  )
}
