import { isObject, JsonFields, type JsonObject } from '../reading/json-fields.ts'
import type { Place, RemovalRecord, SourceItem, ThreadRecord } from '../record.ts'
import { readLanguage } from './post.ts'

/** What the JSON does not hold: where the community is, what its categories are called, when it was asked. */
export interface DiscourseContext {
  /** Address of the community without a slash at its end; threads have no URL without it. */
  readonly baseUrl?: string
  readonly categories?: ReadonlyMap<string, string>
  readonly asOf?: string
}

/** A topic without its posts. */
type ReadFrame =
  | { readonly thread: ThreadRecord; readonly accepted?: readonly number[] }
  | { readonly removal: RemovalRecord }
  | { readonly rejected: SourceItem }

/** Topics of these kinds are the community's; the other kind is private messages. */
const shownKinds = new Set(['regular', 'banner'])

/**
 * The frame of a topic, from `/t/{id}.json` or an element of a list. A topic that is deleted, unlisted or a private
 * message is not for the community: it is told as removed, and nothing in it is taken.
 */
export function readDiscourseFrame(value: JsonObject, context: DiscourseContext, place: Place): ReadFrame {
  const fields = new JsonFields(value)
  const id = fields.id('id')
  const kind = fields.optionalText('archetype') ?? 'regular'
  const isListed = !fields.has('visible') || fields.flag('visible')
  const isRemoved = fields.has('deleted_at') || !isListed || !shownKinds.has(kind)
  if (isRemoved && fields.problem === undefined)
    return { removal: { type: 'removal', of: 'thread', id, ...asOf(context) } }
  const language = readLanguage(fields)
  const views = fields.optionalNumber('views', 0)
  const thread: ThreadRecord = {
    type: 'thread',
    id,
    title: fields.text('title'),
    createdAt: fields.time('created_at'),
    tags: readTags(fields.array('tags')),
    language,
    ...readUrl(fields, id, context),
    ...(views !== undefined && { views }),
    closed: fields.flag('closed') || fields.flag('archived'),
    ...readCategory(fields, context),
    ...asOf(context),
  }
  const accepted = readAccepted(fields)
  if (fields.problem) return { rejected: fields.rejection('thread', place) }
  return { thread, accepted }
}

export function asOf({ asOf }: DiscourseContext): { asOf?: string } {
  return asOf === undefined ? {} : { asOf }
}

/** Tags are names, since 2025 objects with a name. */
function readTags(tags: readonly unknown[]): string[] {
  const names = tags.flatMap((tag) => {
    const fields = new JsonFields(isObject(tag) ? tag : { name: tag })
    const name = fields.optionalText('name')?.trim()
    return name ? [name] : []
  })
  return [...new Set(names)]
}

function readUrl(fields: JsonFields, id: string, { baseUrl }: DiscourseContext): { url?: string } {
  const slug = fields.optionalText('slug')
  if (baseUrl === undefined) return {}
  return { url: `${baseUrl}/t/${slug ? `${encodeURIComponent(slug)}/` : ''}${encodeURIComponent(id)}` }
}

function readCategory(
  fields: JsonFields,
  { categories }: DiscourseContext,
): { facts?: Record<string, string> } {
  const id = fields.optionalId('category_id')
  if (id === undefined) return {}
  const name = categories?.get(id)
  return { facts: { categoryId: id, ...(name !== undefined && { category: name }) } }
}

/**
 * Numbers of the accepted posts where the topic states them: the newer `accepted_answers`, the older
 * `accepted_answer`. Undefined where it states neither; then only the posts may.
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
