import { Acceptances } from '../reading/acceptances.ts'
import { JsonFields, type JsonObject } from '../reading/json-fields.ts'
import type { MemberRole, Place, PostRecord, SourceItem, SourceRecord } from '../record.ts'

/** Names of topics and content tags, by id. */
export interface ZendeskNames {
  readonly topics: ReadonlyMap<string, string>
  readonly tags: ReadonlyMap<string, string>
}

const LEAST_SCORE = -2_147_483_648
const roles: Readonly<Record<string, MemberRole>> = { admin: 'staff', agent: 'staff', 'end-user': 'member' }

/**
 * Converts the posts and comments of a community to records, and reports at the end which comments are missing.
 *
 * Zendesk has no accepted answers. A comment marked as official is the company's own answer, and the only mark by which
 * Zendesk itself distinguishes an answer, so it counts as accepted. The status of a post (`answered`, `planned` …) names no
 * answer and is stored as a fact.
 */
export class ZendeskCommunity {
  readonly #names: ZendeskNames
  readonly #acceptances = new Acceptances()
  /** The number of missing comments per post, by its own count. */
  readonly #missing = new Map<string, number>()
  readonly #places = new Map<string, Place>()
  #cut: Place | undefined
  #last: Place = { file: '' }

  constructor(names: ZendeskNames) {
    this.#names = names
  }

  post(value: JsonObject, place: Place, items: SourceItem[]): void {
    const fields = new JsonFields(value)
    const id = fields.id('id')
    const url = fields.optionalText('html_url')
    const facts = this.#facts(fields)
    const thread: SourceRecord = {
      type: 'thread',
      id,
      title: fields.text('title'),
      createdAt: fields.time('created_at'),
      tags: this.#tags(fields),
      url: url !== undefined && /^https?:\/\//.test(url) ? url : undefined,
      closed: fields.flag('closed') || undefined,
      facts: Object.keys(facts).length > 0 ? facts : undefined,
    }
    const question = postOf(fields, { id, kind: 'question', threadId: id }, 'details')
    const votes = votesOf(fields, id)
    const comments = fields.optionalNumber('comment_count', 0) ?? 0
    if (fields.problem) {
      items.push(fields.rejection('thread', place))
      return
    }
    for (const record of [thread, question, ...votes]) items.push({ outcome: 'record', record, place })
    this.#last = place
    this.#acceptances.addThread(id)
    this.#expect(id, comments)
    this.#places.set(id, place)
  }

  comment(value: JsonObject, place: Place, items: SourceItem[]): void {
    const fields = new JsonFields(value)
    const id = `comment-${fields.id('id')}`
    const threadId = fields.id('post_id')
    const isOfficial = fields.flag('official')
    const answer = postOf(fields, { id, kind: 'answer', threadId }, 'body')
    const votes = votesOf(fields, id)
    if (fields.problem) {
      items.push(fields.rejection('post', place))
      return
    }
    for (const record of [answer, ...votes]) items.push({ outcome: 'record', record, place })
    this.#last = place
    this.#expect(threadId, -1)
    if (isOfficial) this.#acceptances.accept(threadId, id)
  }

  user(value: JsonObject, place: Place, items: SourceItem[]): void {
    const fields = new JsonFields(value)
    const id = fields.id('id')
    const role = roles[fields.optionalText('role') ?? '']
    const joinedAt = fields.optionalTime('created_at')
    const record: SourceRecord = {
      type: 'member',
      id,
      name: fields.optionalText('name') ?? `user${id}`,
      role,
      joinedAt,
    }
    items.push(fields.problem ? fields.rejection('other', place) : { outcome: 'record', record, place })
  }

  /** Reads whether further pages follow; after the last page read, none may. */
  page(value: JsonObject, place: Place): void {
    const fields = new JsonFields(value)
    const isCut = fields.inner('meta').flag('has_more') || fields.has('next_page')
    this.#cut = isCut ? place : undefined
  }

  /** The acceptances, and the posts that lack comments. */
  *end(): Generator<SourceItem> {
    const lacks = (id: string) => (this.#missing.get(id) ?? 0) > 0
    yield* this.#acceptances.items({ file: this.#last.file }, (id) => !this.#places.has(id) || lacks(id))
    for (const [id, place] of this.#places) {
      if (!lacks(id)) continue
      const reason = `post ${id} lacks ${this.#missing.get(id)} of its comments`
      yield { outcome: 'incomplete', code: 'POST_INCOMPLETE', reason, place }
    }
    if (this.#cut === undefined) return
    const reason = 'the last page refers to a next one: add the pages after it'
    yield { outcome: 'incomplete', code: 'LIST_INCOMPLETE', reason, place: this.#cut }
  }

  #expect(threadId: string, comments: number): void {
    this.#missing.set(threadId, (this.#missing.get(threadId) ?? 0) + comments)
  }

  #tags(fields: JsonFields): string[] {
    const ids = fields.array('content_tag_ids').flatMap((id) => new JsonFields({ id }).optionalId('id') ?? [])
    return [...new Set(ids.map((id) => this.#names.tags.get(id) ?? id))]
  }

  #facts(fields: JsonFields): Record<string, string> {
    const topic = fields.optionalId('topic_id')
    const name = topic === undefined ? undefined : this.#names.topics.get(topic)
    const status = fields.optionalText('status')
    return {
      ...(topic !== undefined && { categoryId: topic }),
      ...(name !== undefined && { category: name }),
      ...(status !== undefined && status !== '' && status !== 'none' && { status }),
    }
  }
}

type PostName = Pick<PostRecord, 'id' | 'kind' | 'threadId'>

function postOf(fields: JsonFields, name: PostName, body: 'details' | 'body'): PostRecord {
  const authorId = fields.optionalId('author_id')
  const score = fields.optionalNumber('vote_sum', LEAST_SCORE)
  // `updated_at` changes with every vote and comment; only this field dates the text.
  const editedAt = fields.optionalTime('non_author_updated_at')
  return {
    type: 'post',
    ...name,
    authorId,
    body: fields.optionalText(body) ?? '',
    format: 'html',
    createdAt: fields.time('created_at'),
    editedAt,
    score,
  }
}

/** `vote_sum` is up minus down, `vote_count` up plus down. */
function votesOf(fields: JsonFields, postId: string): SourceRecord[] {
  const sum = fields.optionalNumber('vote_sum', LEAST_SCORE)
  const count = fields.optionalNumber('vote_count', 0)
  if (sum === undefined || count === undefined) return []
  const up = (count + sum) / 2
  const down = (count - sum) / 2
  if (Number.isInteger(up) && up >= 0 && down >= 0) return [{ type: 'votes', postId, up, down }]
  fields.problem ??= {
    code: 'ROW_FIELD_INVALID',
    reason: `vote_sum ${sum} is impossible with ${count} votes`,
  }
  return []
}
