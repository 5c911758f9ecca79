import { isObject, JsonFields, type JsonObject } from '../reading/json-fields.ts'
import type { BodyFormat, MemberRole, Place, PostRecord, SourceItem, SourceRecord } from '../record.ts'
import type { DiscussionConnections } from './completeness.ts'

const roles: Readonly<Record<string, MemberRole>> = {
  OWNER: 'staff',
  MEMBER: 'staff',
  COLLABORATOR: 'staff',
  CONTRIBUTOR: 'expert',
}
const bodies: readonly (readonly [field: string, format: BodyFormat])[] = [
  ['body', 'markdown'],
  ['bodyHTML', 'html'],
  ['bodyText', 'text'],
]

/**
 * Adds the content of a discussion to `items`: its thread and question, comments as answers, replies as comments on them
 * (the chosen answer is an answer in either place), the acceptance, votes and authors. Hidden (minimized) comments become
 * removals. The ids are GitHub's node ids, which its webhooks use too.
 */
export function readDiscussion(
  discussion: JsonObject,
  place: Place,
  items: SourceItem[],
  connections: DiscussionConnections,
): void {
  const fields = new JsonFields(discussion)
  const id = fields.id('id')
  const createdAt = fields.time('createdAt')
  const categoryName = fields.inner('category').optionalText('name')
  const url = fields.optionalText('url')
  const thread: SourceRecord = {
    type: 'thread',
    id,
    title: fields.text('title'),
    createdAt,
    tags: tagsOf(fields.optionalObject('labels')),
    url: url !== undefined && /^https?:\/\//.test(url) ? url : undefined,
    closed: fields.flag('closed') || fields.flag('locked') || undefined,
    facts: categoryName === undefined ? undefined : { category: categoryName },
  }
  const question = postOf(fields, { id, kind: 'question', threadId: id })
  const extras = extrasOf(fields, id)
  if (fields.problem) {
    items.push(fields.rejection('thread', place))
    return
  }
  const put = (record: SourceRecord) => items.push({ outcome: 'record', record, place })
  put(thread)
  put(question)
  const read = new CommentReader(id, fields, place, items, extras, connections)
  const comments = fields.optionalObject('comments')
  read.all(comments)
  read.chosen(fields.optionalObject('answer'))
  const isStated = fields.has('isAnswered') || Object.hasOwn(discussion, 'answer')
  const isAnswered = fields.flag('isAnswered') || fields.has('answer')
  // GitHub has at most one answer; if it is missing here, the acceptance is unknown.
  if (read.accepted.size > 0 || (isStated && !isAnswered))
    put({ type: 'acceptance', threadId: id, postIds: [...read.accepted].sort() })
  for (const record of extras) put(record)
}

class CommentReader {
  readonly accepted = new Set<string>()
  readonly #read = new Set<string>()
  readonly #threadId: string
  readonly #chosenId: string | undefined
  readonly #place: Place
  readonly #items: SourceItem[]
  readonly #extras: SourceRecord[]
  readonly #connections: DiscussionConnections

  constructor(
    threadId: string,
    discussion: JsonFields,
    place: Place,
    items: SourceItem[],
    extras: SourceRecord[],
    connections: DiscussionConnections,
  ) {
    this.#threadId = threadId
    this.#chosenId = discussion.inner('answer').optionalId('id')
    this.#place = place
    this.#items = items
    this.#extras = extras
    this.#connections = connections
  }

  /**
   * @param ownerId the comment that they reply to; absent for the comments of the discussion
   * @param parentId the parent post of the replies
   */
  all(connection: JsonObject | undefined, ownerId?: string, parentId?: string): void {
    if (connection === undefined) return
    const list = new JsonFields(connection)
    const nodes = list.array('nodes').filter(isObject)
    this.#connections.page({
      discussionId: this.#threadId,
      key: ownerId ?? this.#threadId,
      what: ownerId === undefined ? 'comments' : `replies to ${ownerId}`,
      total: list.optionalNumber('totalCount', 0) ?? 0,
      hasNextPage: list.inner('pageInfo').flag('hasNextPage'),
      ids: nodes.flatMap((node) => new JsonFields(node).optionalId('id') ?? []),
      place: this.#place,
    })
    for (const node of nodes) this.#comment(node, parentId)
  }

  /** Reads the chosen answer by itself too, in case the list of comments ends before it. */
  chosen(answer: JsonObject | undefined): void {
    const id = this.#chosenId
    if (answer === undefined || id === undefined) return
    const hasBody = bodies.some(([field]) => typeof answer[field] === 'string')
    const replyTo = new JsonFields(answer).inner('replyTo').optionalId('id')
    if (hasBody && !this.#read.has(id)) this.#comment(answer, replyTo)
    this.#connections.page({
      discussionId: this.#threadId,
      key: `${this.#threadId} answer`,
      what: 'chosen answer',
      total: 1,
      hasNextPage: false,
      ids: this.#read.has(id) ? [id] : [],
      place: this.#place,
    })
  }

  #comment(comment: JsonObject, parentId: string | undefined): void {
    const fields = new JsonFields(comment)
    const id = fields.id('id')
    this.#read.add(id)
    const isHidden = fields.flag('isMinimized')
    const isChosen = fields.flag('isAnswer') || id === this.#chosenId
    const kind = parentId === undefined || isChosen ? 'answer' : 'comment'
    const post = isHidden ? undefined : postOf(fields, { id, kind, threadId: this.#threadId, parentId })
    const extras = extrasOf(fields, id)
    if (fields.problem) this.#items.push(fields.rejection('post', this.#place))
    else if (post === undefined) {
      const record: SourceRecord = { type: 'removal', of: 'post', id }
      this.#items.push({ outcome: 'record', record, place: { ...this.#place } })
    } else {
      // Places of their own allow a long discussion to be divided into several batches.
      this.#items.push({ outcome: 'record', record: post, place: { ...this.#place } })
      this.#extras.push(...extras)
      if (isChosen) this.accepted.add(id)
    }
    // Replies to a hidden comment become comments on the question.
    this.all(fields.optionalObject('replies'), id, post === undefined ? this.#threadId : id)
  }
}

interface PostName {
  readonly id: string
  readonly kind: PostRecord['kind']
  readonly threadId: string
  readonly parentId?: string
}

function postOf(fields: JsonFields, { parentId, ...name }: PostName): PostRecord {
  const [field, format] = bodies.find(([each]) => fields.has(each)) ?? bodies[0]!
  const authorId = fields.inner('author').optionalId('login')
  const editedAt = fields.optionalTime('lastEditedAt')
  return {
    type: 'post',
    ...name,
    parentId,
    authorId,
    body: fields.text(field),
    format,
    createdAt: fields.time('createdAt'),
    editedAt,
  }
}

/** The author and votes of a post. */
function extrasOf(fields: JsonFields, postId: string): SourceRecord[] {
  const extras: SourceRecord[] = []
  const author = fields.inner('author')
  const login = author.optionalId('login')
  if (login !== undefined) {
    const role = roles[fields.optionalText('authorAssociation') ?? ''] ?? 'member'
    extras.push({ type: 'member', id: login, name: author.optionalText('name') ?? login, role })
  }
  const reactions = fields.array('reactionGroups').filter(isObject)
  const upvotes = fields.optionalNumber('upvoteCount', 0)
  if (upvotes !== undefined || reactions.length > 0) {
    // One person may give both an upvote and a thumbs-up: the larger count includes nobody twice.
    const up = Math.max(upvotes ?? 0, thumbs(fields, 'THUMBS_UP'))
    extras.push({ type: 'votes', postId, up, down: thumbs(fields, 'THUMBS_DOWN') })
  }
  return extras
}

function thumbs(fields: JsonFields, content: string): number {
  const groups = fields.array('reactionGroups').filter(isObject)
  const group = new JsonFields(groups.find((each) => each.content === content) ?? {}, {
    fields,
    name: content,
  })
  return group.inner(group.has('reactors') ? 'reactors' : 'users').optionalNumber('totalCount', 0) ?? 0
}

function tagsOf(labels: JsonObject | undefined): string[] {
  const nodes = new JsonFields(labels ?? {}).array('nodes').filter(isObject)
  return [...new Set(nodes.flatMap((node) => new JsonFields(node).optionalText('name') || []))]
}
