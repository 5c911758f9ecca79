import { isObject, type JsonDocument, JsonFields, type JsonObject } from '../reading/json-fields.ts'
import type { Place, SourceItem } from '../record.ts'
import { asOf, type DiscourseContext, readDiscourseFrame } from './frame.ts'
import { type ReadPost, readDiscoursePost } from './post.ts'
import { DiscourseTopic } from './topic.ts'

/** Arrays of Discourse's lists that are read element by element. */
export const discourseArrays = ['topic_list.topics', 'latest_posts'] as const

/**
 * What a document is: a `topic` with posts, further posts of one (`page`), a topic's `frame` or a `post` from a list;
 * `beside` is none of an import's.
 */
type Shape = 'topic' | 'page' | 'frame' | 'post' | 'beside' | 'unknown'

/** In this order: a list's frame counts only where the topic itself is not there, a list's post needs its topic. */
export const discoursePasses = [['topic'], ['frame'], ['page', 'post']] as const satisfies Shape[][]
type Pass = (typeof discoursePasses)[number]

/**
 * Assembles documents of one export into items. All documents are given pass by pass; those that a pass does not
 * name are left alone. Memory: an id a topic, and what is known of those that are not whole yet.
 */
export function createDiscourseReading(context: DiscourseContext) {
  const whole = new Set<string>()
  const parts = new Map<string, DiscourseTopic>()
  const met = new Set<Shape>()

  return {
    /** Whether an earlier pass has met what this one is for. */
    isNeeded: (pass: Pass): boolean => pass === discoursePasses[0] || pass.some((shape) => met.has(shape)),

    read({ value, member, place }: JsonDocument, pass: Pass): SourceItem[] {
      const shape = shapeOf(value, member)
      const isFirst = pass === discoursePasses[0]
      if (isFirst) met.add(shape)
      if (isFirst && shape === 'beside') return [{ outcome: 'ignored', place }]
      if (isFirst && shape === 'unknown') return [unknown(value, place)]
      if (!pass.some((each: Shape) => each === shape)) return []
      const document = value as JsonObject
      if (shape === 'topic') return readTopic(document, place)
      if (shape === 'frame') return readListed(document, place)
      return readPosts(document, shape === 'page' ? 'page' : 'post', place)
    },

    /** What can be said at the end: the topics that are not whole. */
    finish: (): SourceItem[] =>
      [...parts.values()].flatMap((topic) => [...topic.acceptance(), topic.incomplete()]),
  }

  function readTopic(document: JsonObject, place: Place): SourceItem[] {
    const frame = readDiscourseFrame(document, context, place)
    if ('rejected' in frame) return [frame.rejected]
    if ('removal' in frame) {
      whole.add(frame.removal.id)
      return [{ outcome: 'record', record: frame.removal, place }]
    }
    const { thread, accepted } = frame
    const { posts, stream, postsCount, rejection } = readStream(document, place)
    if (rejection) return [rejection]
    const known = parts.get(thread.id)
    const extent = { postsCount, ...(stream && { stream }), ...(accepted && { accepted }) }
    const topic = known ?? new DiscourseTopic(thread, extent, context, place)
    const items = topic.take(posts)
    if (topic.isWithoutQuestion) {
      whole.add(thread.id)
      parts.delete(thread.id)
      return [
        {
          outcome: 'record',
          record: { type: 'removal', of: 'thread', id: thread.id, ...asOf(context) },
          place,
        },
      ]
    }
    const frameItem: SourceItem = { outcome: 'record', record: thread, place }
    return [...(known ? [] : [frameItem]), ...items, ...settle(topic)]
  }

  function readListed(document: JsonObject, place: Place): SourceItem[] {
    const frame = readDiscourseFrame(document, context, place)
    if ('rejected' in frame) return [frame.rejected]
    const record = 'removal' in frame ? frame.removal : frame.thread
    if (whole.has(record.id) || parts.has(record.id)) return [{ outcome: 'ignored', place }]
    if (record.type === 'removal') whole.add(record.id)
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
    if (whole.has(topicId)) return [{ outcome: 'ignored', place }]
    let topic = parts.get(topicId)
    if (topic === undefined) {
      topic = new DiscourseTopic({ id: topicId, title: '' }, {}, context, place)
      parts.set(topicId, topic)
    }
    return [...topic.take(posts), ...settle(topic)]
  }

  /** A whole topic is told at once what its accepted answers are, and forgotten; others wait for more. */
  function settle(topic: DiscourseTopic): SourceItem[] {
    if (topic.isComplete) {
      whole.add(topic.id)
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
    ...(ids.length > 0 && { stream: new Set(ids) }),
    postsCount,
    ...(problem.problem && { rejection: problem.rejection('thread', place) }),
  }
}

/** Keys of answers of Discourse's that hold no threads. */
const besides = [
  'topic_list',
  'latest_posts',
  'category_list',
  'categories',
  'users',
  'user',
  'tags',
  'groups',
]

function shapeOf(value: unknown, member: string | undefined): Shape {
  if (!isObject(value)) return 'unknown'
  const has = (key: string) => Object.hasOwn(value, key)
  if (member === 'topic_list.topics') return 'frame'
  if (member === 'latest_posts') return 'post'
  if (isObject(value.post_stream)) return has('title') ? 'topic' : 'page'
  if (has('topic_id') && (has('cooked') || has('raw'))) return 'post'
  if (has('id') && has('title') && (has('posts_count') || has('fancy_title'))) return 'frame'
  return besides.some(has) ? 'beside' : 'unknown'
}

function unknown(value: unknown, place: Place): SourceItem {
  const isError = isObject(value) && Array.isArray(value.errors)
  const reason = isError
    ? 'it is an error response from Discourse'
    : 'it is not a Discourse topic, list or post'
  return { outcome: 'rejected', of: 'other', code: 'RECORD_TYPE_UNKNOWN', reason, place }
}
