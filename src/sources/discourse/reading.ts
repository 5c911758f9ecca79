import { isObject, type JsonDocument, JsonFields, type JsonObject } from '../reading/json-fields.ts'
import type { Place, SourceItem } from '../record.ts'
import { type ReadPost, readDiscoursePost } from './post.ts'
import { type DiscourseContext, readDiscourseThread } from './thread.ts'
import { DiscourseTopic } from './topic.ts'

/** Arrays in Discourse's lists that are read element by element. */
export const discourseArrays = ['topic_list.topics', 'latest_posts'] as const

/**
 * What a document is: a `topic` with posts, a `page` of further posts of a topic, a `listed` topic without posts, a `post`
 * from a list, an `other` response of Discourse that holds no threads, or a `row` of a list that holds none: a tag, a
 * category, a group.
 */
type Shape = 'topic' | 'page' | 'listed' | 'post' | 'other' | 'row' | 'unknown'

/** In this order: a listed topic counts only if the topic itself is missing, and a listed post needs its topic. */
export const discoursePasses = [['topic'], ['listed'], ['page', 'post']] as const satisfies Shape[][]
type Pass = (typeof discoursePasses)[number]

/**
 * Assembles the documents of one export into items. All documents are passed in once per pass; a pass ignores documents of
 * other shapes. Memory: one id per topic, and the state of topics that are not complete yet.
 */
export function createDiscourseReading(context: DiscourseContext) {
  const complete = new Set<string>()
  const parts = new Map<string, DiscourseTopic>()
  const found = new Set<Shape>()
  /** How many rows of lists each file holds. */
  const rows = new Map<string, number>()

  return {
    /** Whether the first pass found documents for this pass. */
    isNeeded: (pass: Pass): boolean => pass === discoursePasses[0] || pass.some((shape) => found.has(shape)),

    read({ value, member, place }: JsonDocument, pass: Pass): SourceItem[] {
      const shape = shapeOf(value, member)
      const isFirst = pass === discoursePasses[0]
      if (isFirst) found.add(shape)
      if (isFirst && shape === 'row') rows.set(place.file, (rows.get(place.file) ?? 0) + 1)
      if (isFirst && (shape === 'other' || shape === 'row')) return [{ outcome: 'ignored', place }]
      if (isFirst && shape === 'unknown') return [unknown(value, place)]
      if (!pass.some((each: Shape) => each === shape)) return []
      const document = value as JsonObject
      if (shape === 'topic') return readTopic(document, place)
      if (shape === 'listed') return readListed(document, place)
      return readPosts(document, shape === 'page' ? 'page' : 'post', place)
    },

    /** One line for each file of rows that hold no threads. */
    notes: (): string[] =>
      [...rows].map(([file, count]) => `${file}: ignored ${count} rows of a list that holds no threads.`),

    /** The items at the end: those of topics that are not complete. */
    finish: (): SourceItem[] =>
      [...parts.values()].flatMap((topic) => [...topic.acceptance(), topic.incomplete()]),
  }

  function readTopic(document: JsonObject, place: Place): SourceItem[] {
    const read = readDiscourseThread(document, context, place)
    if ('rejected' in read) return [read.rejected]
    if ('removal' in read) {
      complete.add(read.removal.id)
      return [{ outcome: 'record', record: read.removal, place }]
    }
    const { thread, accepted } = read
    const { posts, stream, postsCount, rejection } = readStream(document, place)
    if (rejection) return [rejection]
    const known = parts.get(thread.id)
    const extent = { postsCount, stream, accepted }
    const topic = known ?? new DiscourseTopic(thread, extent, context, place)
    const items = topic.add(posts)
    if (topic.isWithoutQuestion) {
      complete.add(thread.id)
      parts.delete(thread.id)
      return [
        {
          outcome: 'record',
          record: { type: 'removal', of: 'thread', id: thread.id, asOf: context.asOf },
          place,
        },
      ]
    }
    const threadItem: SourceItem = { outcome: 'record', record: thread, place }
    return [...(known ? [] : [threadItem]), ...items, ...finishIfComplete(topic)]
  }

  function readListed(document: JsonObject, place: Place): SourceItem[] {
    const read = readDiscourseThread(document, context, place)
    if ('rejected' in read) return [read.rejected]
    const record = 'removal' in read ? read.removal : read.thread
    if (complete.has(record.id) || parts.has(record.id)) return [{ outcome: 'ignored', place }]
    if (record.type === 'removal') complete.add(record.id)
    else {
      const fields = new JsonFields(document)
      const postsCount = Math.max(1, fields.optionalNumber('posts_count', 0) ?? 1)
      parts.set(record.id, new DiscourseTopic(record, { postsCount }, context, place))
    }
    return [{ outcome: 'record', record, place }]
  }

  function readPosts(document: JsonObject, shape: 'page' | 'post', place: Place): SourceItem[] {
    const id = new JsonFields(document).optionalId(shape === 'page' ? 'id' : 'topic_id')
    const posts =
      shape === 'page' ? readStream(document, place).posts : [readDiscoursePost(document, { ...place })]
    const topicId = id ?? posts.flatMap((each) => ('post' in each ? (each.post.topicId ?? []) : []))[0]
    if (topicId === undefined) {
      const reason = 'topic_id is missing'
      return [{ outcome: 'rejected', of: 'post', code: 'ROW_FIELD_MISSING', reason, place }]
    }
    if (complete.has(topicId)) return [{ outcome: 'ignored', place }]
    let topic = parts.get(topicId)
    if (topic === undefined) {
      topic = new DiscourseTopic({ id: topicId, title: '' }, {}, context, place)
      parts.set(topicId, topic)
    }
    return [...topic.add(posts), ...finishIfComplete(topic)]
  }

  /** Yields the accepted answers of a complete topic and drops it; an incomplete one waits for more posts. */
  function finishIfComplete(topic: DiscourseTopic): SourceItem[] {
    if (topic.isComplete) {
      complete.add(topic.id)
      parts.delete(topic.id)
      return topic.acceptance()
    }
    parts.set(topic.id, topic)
    return []
  }
}

interface Stream {
  readonly posts: ReadPost[]
  readonly stream?: ReadonlySet<string>
  readonly postsCount: number
  readonly rejection?: SourceItem
}

function readStream(document: JsonObject, place: Place): Stream {
  const fields = new JsonFields(document)
  const posts = new JsonFields(fields.optionalObject('post_stream') ?? {})
  const postsCount = fields.optionalNumber('posts_count', 0) ?? 0
  const ids = posts.array('stream').flatMap((id) => (Number.isSafeInteger(id) ? String(id) : []))
  const problem = fields.problem ? fields : posts
  const read = posts.array('posts').map((each) => readDiscoursePost(each, { ...place }))
  return {
    posts: read,
    stream: ids.length > 0 ? new Set(ids) : undefined,
    postsCount,
    rejection: problem.problem && problem.rejection('thread', place),
  }
}

/** Keys of Discourse responses that hold no threads. */
const otherKeys = [
  'topic_list',
  'latest_posts',
  'category_list',
  'categories',
  'users',
  'user',
  'tags',
  'groups',
]

/** Keys of a tag, category or group, by which it is named, and by which it counts what has it. */
const namingKeys = ['text', 'name', 'slug']
const countingKeys = ['count', 'topic_count', 'pm_count', 'user_count']

function shapeOf(value: unknown, member: string | undefined): Shape {
  // A list of tags may hold nothing but their names.
  if (typeof value === 'string') return 'row'
  if (!isObject(value)) return 'unknown'
  const has = (key: string) => Object.hasOwn(value, key)
  if (member === 'topic_list.topics') return 'listed'
  if (member === 'latest_posts') return 'post'
  if (isObject(value.post_stream)) return has('title') ? 'topic' : 'page'
  if (has('topic_id') && (has('cooked') || has('raw'))) return 'post'
  if (has('id') && has('title') && (has('posts_count') || has('fancy_title'))) return 'listed'
  if (otherKeys.some(has)) return 'other'
  return namingKeys.some(has) && countingKeys.some(has) && !has('title') ? 'row' : 'unknown'
}

function unknown(value: unknown, place: Place): SourceItem {
  const isError = isObject(value) && Array.isArray(value.errors)
  const reason = isError
    ? 'it is an error response from Discourse'
    : 'it is not a Discourse topic, list or post'
  return { outcome: 'rejected', of: 'other', code: 'RECORD_TYPE_UNKNOWN', reason, place }
}
