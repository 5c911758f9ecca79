import { isObject, JsonFields, type JsonObject } from '../reading/json-fields.ts'
import type { MemberRecord, MemberRole, Place, PostRecord, SourceItem } from '../record.ts'

/** Discourse's post types: 1 is what people write, 2 a moderator's notice. */
const SMALL_ACTION = 3
const WHISPER = 4
const LIKE = 2
/** The highest trust level, which is granted by hand. */
const LEADER = 4

/** A post as Discourse states it, before its place in the topic is known. */
export interface DiscoursePost {
  readonly id: string
  /** From 1, which is the question. */
  readonly number: number
  readonly replyTo?: number
  readonly topicId?: string
  /** Undefined if the source does not state it. */
  readonly accepted?: boolean
  readonly language?: string
  readonly member?: MemberRecord
  readonly content: Omit<PostRecord, 'kind' | 'threadId' | 'parentId'>
}

/**
 * The result of reading an element of `posts`: `removed` if the community may not see it (hidden, deleted, or a whisper
 * among staff), `smallAction` if nobody wrote it (such as "closed the topic").
 */
export type ReadPost =
  | { readonly post: DiscoursePost }
  | { readonly removed: string; readonly number: number }
  | { readonly smallAction: string }
  | { readonly rejected: SourceItem }

export function readDiscoursePost(value: unknown, place: Place): ReadPost {
  if (!isObject(value)) {
    const reason = 'the post is not an object'
    return { rejected: { outcome: 'rejected', of: 'post', code: 'ROW_FIELD_INVALID', reason, place } }
  }
  const fields = new JsonFields(value)
  const id = fields.id('id')
  const number = fields.optionalNumber('post_number', 1) ?? 0
  if (!fields.has('post_number')) fields.text('post_number')
  const type = fields.optionalNumber('post_type', 1)
  const isDeleted = fields.flag('user_deleted') || fields.has('deleted_at')
  const isRemoved = isDeleted || fields.flag('hidden') || type === WHISPER
  if (fields.problem === undefined && type === SMALL_ACTION) return { smallAction: id }
  if (fields.problem === undefined && isRemoved) return { removed: id, number }

  const replyTo = fields.optionalNumber('reply_to_post_number', 0)
  const topicId = fields.optionalId('topic_id')
  const member = readMember(fields)
  const isEdited = (fields.optionalNumber('version', 0) ?? 1) > 1
  const editedAt = isEdited ? fields.optionalTime('updated_at') : undefined
  const isCooked = fields.has('cooked')
  const content = {
    type: 'post',
    id,
    authorId: member?.id,
    body: fields.text(isCooked ? 'cooked' : 'raw'),
    format: isCooked ? 'html' : 'markdown',
    createdAt: fields.time('created_at'),
    editedAt,
    score: readLikes(fields),
  } as const
  const accepted = fields.has('accepted_answer') ? fields.flag('accepted_answer') : undefined
  const language = readLanguage(fields)
  if (fields.problem) return { rejected: fields.rejection(number === 1 ? 'thread' : 'post', place) }
  return {
    post: { id, number, replyTo, topicId, accepted, language, member, content },
  }
}

/** The primary tag of `locale` (`pt_BR` gives `pt`); undefined if it is not a language. */
export function readLanguage(fields: JsonFields): string | undefined {
  const [tag = ''] = (fields.optionalText('locale') ?? '').toLowerCase().split(/[-_]/)
  return /^[a-z]{2,3}$/.test(tag) ? tag : undefined
}

/** The author; undefined if the account was deleted. */
function readMember(fields: JsonFields): MemberRecord | undefined {
  const id = fields.optionalId('user_id')
  const name = fields.optionalText('username')
  if (id === undefined) return undefined
  return { type: 'member', id, name: name ?? `user ${id}`, role: readRole(fields) }
}

function readRole(fields: JsonFields): MemberRole {
  if (fields.flag('admin')) return 'staff'
  if (fields.flag('moderator')) return 'moderator'
  if (fields.flag('staff')) return 'staff'
  return (fields.optionalNumber('trust_level', 0) ?? 0) >= LEADER ? 'expert' : 'member'
}

function readLikes(fields: JsonFields): number {
  const likes = fields
    .array('actions_summary')
    .find((each): each is JsonObject => isObject(each) && each.id === LIKE)
  if (likes === undefined) return 0
  const summary = new JsonFields(likes)
  const count = summary.optionalNumber('count', 0) ?? 0
  fields.problem ??= summary.problem
  return count
}
