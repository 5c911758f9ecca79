import { isObject, JsonFields, type JsonObject } from '../reading/json-fields.ts'
import type { Place, RemovalRecord, SourceItem, ThreadRecord } from '../record.ts'
import { readLanguage } from './post.ts'

/** What the JSON does not contain: the address of the community, names of its categories, the time of the request. */
export interface DiscourseContext {
  /** Address of the community without a trailing slash; threads have no URL without it. */
  readonly baseUrl?: string
  readonly categories?: ReadonlyMap<string, string>
  readonly asOf?: string
}

/** A topic without its posts. */
type ReadThread =
  | { readonly thread: ThreadRecord; readonly accepted?: readonly number[] }
  | { readonly removal: RemovalRecord }
  | { readonly rejected: SourceItem }

/** Topics of these kinds are public to the community; the other kind is private messages. */
const shownKinds = new Set(['regular', 'banner'])

/**
 * The thread of a topic, from `/t/{id}.json` or an element of a list. A topic that is deleted, unlisted or a private
 * message is not public to the community: it is read as a removal, and its content is ignored.
 */
export function readDiscourseThread(value: JsonObject, context: DiscourseContext, place: Place): ReadThread {
  const fields = new JsonFields(value)
  const id = fields.id('id')
  const kind = fields.optionalText('archetype') ?? 'regular'
  const isListed = !fields.has('visible') || fields.flag('visible')
  const isRemoved = fields.has('deleted_at') || !isListed || !shownKinds.has(kind)
  if (isRemoved && fields.problem === undefined)
    return { removal: { type: 'removal', of: 'thread', id, asOf: context.asOf } }
  const language = readLanguage(fields)
  const views = fields.optionalNumber('views', 0)
  const thread: ThreadRecord = {
    type: 'thread',
    id,
    title: fields.text('title'),
    createdAt: fields.time('created_at'),
    tags: readTags(fields.array('tags')),
    language,
    url: readUrl(fields, id, context),
    views,
    closed: fields.flag('closed') || fields.flag('archived'),
    facts: readCategory(fields, context),
    asOf: context.asOf,
  }
  const accepted = readAccepted(fields)
  if (fields.problem) return { rejected: fields.rejection('thread', place) }
  return { thread, accepted }
}

/** Tags are names, or since 2025 objects with a name. */
function readTags(tags: readonly unknown[]): string[] {
  const names = tags.flatMap((tag) => {
    const fields = new JsonFields(isObject(tag) ? tag : { name: tag })
    const name = fields.optionalText('name')?.trim()
    return name ? [name] : []
  })
  return [...new Set(names)]
}

function readUrl(fields: JsonFields, id: string, { baseUrl }: DiscourseContext): string | undefined {
  const slug = fields.optionalText('slug')
  if (baseUrl === undefined) return undefined
  return `${baseUrl}/t/${slug ? `${encodeURIComponent(slug)}/` : ''}${encodeURIComponent(id)}`
}

function readCategory(
  fields: JsonFields,
  { categories }: DiscourseContext,
): Record<string, string> | undefined {
  const id = fields.optionalId('category_id')
  if (id === undefined) return undefined
  const name = categories?.get(id)
  return name === undefined ? { categoryId: id } : { categoryId: id, category: name }
}

/**
 * Numbers of the accepted posts, if the topic states them: in the newer `accepted_answers` or the older `accepted_answer`.
 * Undefined if it states neither; then only the posts may.
 */
function readAccepted(fields: JsonFields): number[] | undefined {
  const stated = fields.has('accepted_answers')
    ? fields.array('accepted_answers')
    : fields.has('accepted_answer')
      ? [fields.optionalObject('accepted_answer')]
      : undefined
  return stated?.flatMap((each) => {
    if (!isObject(each)) return []
    const answer = new JsonFields(each)
    return answer.optionalNumber('post_number', 1) ?? []
  })
}
