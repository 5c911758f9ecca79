import { Acceptances } from '../reading/acceptances.ts'
import { type JsonExportReader, readJsonExport } from '../reading/json-export.ts'
import { isObject, type JsonDocument, JsonFields, type JsonObject } from '../reading/json-fields.ts'
import { cleanText } from '../reading/values.ts'
import type { Place, PostKind, SourceFormat, SourceItem, SourceRecord } from '../record.ts'

/**
 * A Khoros (Lithium) community as responses to LiQL queries over `messages`: `{ status, data: { items: […] } }`,
 * concatenated, one per line or one per file, in any order; or plain messages.
 */
export const khoros: SourceFormat = {
  name: 'khoros',
  description: 'Khoros community: messages as JSON of LiQL queries (Community API v2)',
  read: (paths, progress) => readJsonExport(paths, progress, createReader()),
}

function createReader(): JsonExportReader {
  const community = new KhorosCommunity()
  return {
    arrays: ['data.items', 'items'],
    read: readOne,
    end: () => community.end(),
  }

  function readOne({ value, member, place }: JsonDocument, items: SourceItem[]): string | undefined {
    if (!isObject(value)) return 'it is not a message or a list of messages'
    if (isMessage(value)) {
      community.message(value, place, items)
      return undefined
    }
    if (value.status === 'error') return errorOf(value)
    if (member !== undefined) return 'it is an element of a list of something other than messages'
    const data = isObject(value.data) ? value.data : value
    if (!Array.isArray(data.items)) return 'it is not a message or a list of messages'
    for (const item of data.items) readOne({ value: item, member: 'items', place: { ...place } }, items)
    community.page(data, place)
    return undefined
  }
}

function isMessage(value: JsonObject): boolean {
  return (
    value.type === 'message' || ('id' in value && 'body' in value && ('topic' in value || 'depth' in value))
  )
}

function errorOf({ message }: JsonObject): string {
  const detail = typeof message === 'string' ? `: ${message.slice(0, 100)}` : ''
  return cleanText(`Khoros responded with an error${detail}`)
}

/** The id of deleted and anonymous authors. */
const ANONYMOUS = '-1'

/**
 * Converts messages to records, and reports at the end which conversations are incomplete. A message of depth 0 is a
 * thread with its question, a reply to it is an answer, and a deeper reply is a comment on its parent, unless it is a
 * solution. A message that is not approved becomes a removal.
 */
export class KhorosCommunity {
  readonly #acceptances = new Acceptances()
  /** The number of missing messages per conversation, by its own count. */
  readonly #missing = new Map<string, number>()
  readonly #places = new Map<string, Place>()
  #cut: Place | undefined
  #file = ''

  message(value: JsonObject, place: Place, items: SourceItem[]): void {
    const fields = new JsonFields(value)
    const id = fields.id('id')
    const depth = fields.optionalNumber('depth', 0)
    const parentId = fields.inner('parent').optionalId('id')
    const isRoot = depth === undefined ? parentId === undefined : depth === 0
    const threadId = isRoot
      ? id
      : (fields.inner('topic').optionalId('id') ?? fields.inner('conversation').id('id'))
    const status = fields.optionalText('moderation_status')
    const isShown = status === undefined || status === 'approved'
    const isSolution = fields.flag('is_solution')
    const records = isShown ? this.#records(fields, { id, threadId, parentId, isRoot, isSolution }) : []
    if (threadId === '') fields.problem ??= { code: 'ROW_FIELD_MISSING', reason: 'topic is missing' }
    if (fields.problem) {
      items.push(fields.rejection(isRoot ? 'thread' : 'post', place))
      return
    }
    if (!isShown) records.push({ type: 'removal', of: isRoot ? 'thread' : 'post', id })
    for (const record of records) items.push({ outcome: 'record', record, place })
    this.#file = place.file
    this.#expect(threadId, -1)
    if (!isShown) return
    if (isRoot) this.#root(fields, threadId, place)
    else if (isSolution) this.#acceptances.accept(threadId, id)
  }

  page(data: JsonObject, place: Place): void {
    this.#cut = new JsonFields(data).optionalText('next_cursor') ? place : undefined
  }

  /** The acceptances, and the conversations that lack messages. */
  *end(): Generator<SourceItem> {
    const lacks = (id: string) => (this.#missing.get(id) ?? 0) > 0
    yield* this.#acceptances.items({ file: this.#file }, (id) => !this.#places.has(id) || lacks(id))
    for (const [id, place] of this.#places) {
      if (!lacks(id)) continue
      const reason = `conversation ${id} lacks ${this.#missing.get(id)} of its messages`
      yield { outcome: 'incomplete', code: 'CONVERSATION_INCOMPLETE', reason, place }
    }
    if (this.#cut === undefined) return
    const reason = 'the last page refers to a next one: add the pages after it'
    yield { outcome: 'incomplete', code: 'LIST_INCOMPLETE', reason, place: this.#cut }
  }

  #root(fields: JsonFields, threadId: string, place: Place): void {
    const conversation = fields.inner('conversation')
    const total = conversation.optionalNumber('messages_count', 0)
    if (total !== undefined) this.#expect(threadId, total)
    this.#places.set(threadId, place)
    this.#acceptances.addThread(threadId)
  }

  #records(fields: JsonFields, name: MessageName): SourceRecord[] {
    const { id, threadId, parentId, isRoot, isSolution } = name
    const createdAt = fields.time('post_time')
    const author = fields.inner('author')
    const authorId = author.optionalId('id')
    const isKnown = authorId !== undefined && authorId !== ANONYMOUS
    const editedAt = fields.inner('current_revision').optionalTime('last_edit_time')
    const isAside = !isRoot && !isSolution && parentId !== undefined && parentId !== threadId
    const kind: PostKind = isRoot ? 'question' : isAside ? 'comment' : 'answer'
    const kudos = fields.inner('kudos').inner('sum').optionalNumber('weight', 0)
    const records: SourceRecord[] = []
    if (isRoot) records.push(threadOf(fields, id, createdAt))
    records.push({
      type: 'post',
      id,
      kind,
      threadId,
      parentId: isRoot ? undefined : parentId,
      authorId: isKnown ? authorId : undefined,
      body: fields.text('body'),
      format: 'html',
      createdAt,
      editedAt: editedAt === createdAt ? undefined : editedAt,
    })
    if (isKnown)
      records.push({ type: 'member', id: authorId, name: author.optionalText('login') ?? `user${authorId}` })
    // Khoros has no votes down.
    if (kudos !== undefined) records.push({ type: 'votes', postId: id, up: kudos, down: 0 })
    return records
  }

  #expect(threadId: string, messages: number): void {
    this.#missing.set(threadId, (this.#missing.get(threadId) ?? 0) + messages)
  }
}

interface MessageName {
  readonly id: string
  readonly threadId: string
  readonly parentId: string | undefined
  readonly isRoot: boolean
  readonly isSolution: boolean
}

function threadOf(fields: JsonFields, id: string, createdAt: string): SourceRecord {
  const views = fields.inner('metrics').optionalNumber('views', 0)
  const board = fields.inner('board')
  const boardId = board.optionalId('id')
  const category = board.optionalText('title') ?? boardId
  const url = fields.optionalText('view_href')
  const [language = ''] = (fields.optionalText('language') ?? '').toLowerCase().split(/[-_]/, 1)
  const tags = [...namesIn(fields, 'labels'), ...namesIn(fields, 'tags')]
  return {
    type: 'thread',
    id,
    title: fields.optionalText('subject') ?? '',
    createdAt,
    tags: [...new Set(tags)],
    language: /^[a-z]{2,3}$/.test(language) ? language : undefined,
    url: url !== undefined && /^https?:\/\//.test(url) ? url : undefined,
    views,
    closed: fields.flag('read_only') || undefined,
    facts:
      category === undefined
        ? undefined
        : { category, ...(boardId !== undefined && { categoryId: boardId }) },
  }
}

/** Labels and tags, if the query selected them; otherwise none. */
function namesIn(fields: JsonFields, field: 'labels' | 'tags'): string[] {
  const items = fields.inner(field).array('items').filter(isObject)
  return items.flatMap((item) => new JsonFields(item).optionalText('text')?.trim() || [])
}
