import { cleanText } from '../reading/values.ts'
import type { Place, PostKind, SourceItem, SourceRecord } from '../record.ts'
import type { DiscoursePost, ReadPost } from './post.ts'
import type { DiscourseContext } from './thread.ts'

const LONGEST_TITLE = 80

/** What a topic states about its posts, apart from the posts themselves. */
interface TopicExtent {
  /** Ids of all its posts, if it lists them. */
  readonly stream?: ReadonlySet<string>
  /** How many there are; unknown if only posts are known and not their topic. */
  readonly postsCount?: number
  /** Numbers of the accepted posts, if the topic states them. */
  readonly accepted?: readonly number[]
}

/** A topic whose posts come in one document or in several (pages). */
export class DiscourseTopic {
  readonly id: string
  readonly title: string
  readonly place: Place
  readonly #context: DiscourseContext
  readonly #extent: TopicExtent
  readonly #seen = new Set<string>()
  /** Posts by number, each with the answer that it belongs to. */
  readonly #posts = new Map<number, { readonly id: string; readonly under: string | undefined }>()
  readonly #removed = new Set<number>()
  readonly #flagged = new Map<string, boolean>()

  constructor(
    { id, title }: { readonly id: string; readonly title: string },
    extent: TopicExtent,
    context: DiscourseContext,
    place: Place,
  ) {
    this.id = id
    this.title = title
    this.place = place
    this.#context = context
    this.#extent = extent
  }

  /**
   * Adds posts and determines their kinds. Post 1 is the question. A reply to it, or to no post, is an answer: that is how
   * people answer in Discourse. A reply to another post is a comment on the answer at the root of the exchange, unless it
   * was accepted, which makes it an answer. A comment whose root is missing belongs to the thread alone. Posts that were
   * added before are ignored.
   */
  add(posts: readonly ReadPost[]): SourceItem[] {
    const items: SourceItem[] = []
    const members = new Map<string, SourceItem>()
    const added = posts.filter((read) => !this.#seen.has(idOf(read)))
    // The question comes first, right after its thread.
    for (const read of added.sort(byNumber)) {
      if ('rejected' in read) items.push(read.rejected)
      else if ('smallAction' in read) {
        this.#seen.add(read.smallAction)
        items.push({ outcome: 'ignored', place: { ...this.place } })
      } else if ('removed' in read) {
        this.#seen.add(read.removed)
        this.#removed.add(read.number)
        items.push(this.#item({ type: 'removal', of: 'post', id: read.removed, asOf: this.#context.asOf }))
      } else {
        const { post } = read
        items.push(this.#readPost(post))
        if (post.member) members.set(post.member.id, this.#item(post.member))
      }
    }
    return [...items, ...members.values()]
  }

  /** Whether the community may not see the question, and therefore not the topic either. */
  get isWithoutQuestion(): boolean {
    return this.#removed.has(1)
  }

  get isComplete(): boolean {
    return this.#missing() === 0
  }

  /**
   * The accepted answers as far as they are known: the whole set if it is certainly complete, otherwise updates of the
   * known posts.
   */
  acceptance(): SourceItem[] {
    const stated = this.#extent.accepted ?? []
    const found = stated.flatMap((number) => this.#posts.get(number)?.id ?? [])
    const isStatedCompletely = stated.every((number) => this.#posts.has(number) || this.#removed.has(number))
    const flagged = [...this.#flagged].filter(([, accepted]) => accepted).map(([id]) => id)
    const postIds = [...new Set([...found, ...flagged])]
    const isWholeSet = this.isComplete || (this.#extent.accepted !== undefined && isStatedCompletely)
    if (isWholeSet)
      return [this.#item({ type: 'acceptance', threadId: this.id, postIds, asOf: this.#context.asOf })]
    const updates = new Map([...this.#flagged, ...postIds.map((id) => [id, true] as const)])
    return [...updates].map(([postId, accepted]) =>
      this.#item({
        type: 'acceptance-update',
        threadId: this.id,
        postId,
        accepted,
        asOf: this.#context.asOf,
      }),
    )
  }

  /** The item that reports a topic as imported in part. */
  incomplete(): SourceItem {
    const { stream, postsCount } = this.#extent
    const total = stream?.size ?? postsCount
    const what =
      total === undefined
        ? `posts without their topic: ${this.#seen.size}`
        : `${total - this.#missing()} of ${total} posts`
    const title = this.title.length > LONGEST_TITLE ? `${this.title.slice(0, LONGEST_TITLE)}…` : this.title
    const reason = `topic ${this.id}${title === '' ? '' : ` "${title}"`}: ${what}`
    return { outcome: 'incomplete', code: 'TOPIC_INCOMPLETE', reason: cleanText(reason), place: this.place }
  }

  /**
   * How many posts are missing: of those that the topic lists, or by their count if it lists none. A list that names none of
   * the known posts does not consist of ids (as in anonymised samples); then only its length counts.
   */
  #missing(): number {
    const { stream, postsCount = Number.POSITIVE_INFINITY } = this.#extent
    let found = 0
    for (const id of this.#seen) if (stream?.has(id)) found += 1
    const total = stream?.size ?? postsCount
    return Math.max(0, total - (found > 0 ? found : this.#seen.size))
  }

  #readPost(post: DiscoursePost): SourceItem {
    this.#seen.add(post.id)
    const isAccepted = post.accepted === true || (this.#extent.accepted?.includes(post.number) ?? false)
    if (post.accepted !== undefined && post.number > 1) this.#flagged.set(post.id, post.accepted)
    const isReply = post.replyTo !== undefined && post.replyTo > 1 && post.replyTo < post.number
    const kind: PostKind = post.number === 1 ? 'question' : isAccepted || !isReply ? 'answer' : 'comment'
    const parentId = kind === 'comment' ? this.#posts.get(post.replyTo!)?.under : undefined
    this.#posts.set(post.number, { id: post.id, under: kind === 'comment' ? parentId : post.id })
    return this.#item({
      ...post.content,
      kind,
      threadId: this.id,
      parentId,
      asOf: this.#context.asOf,
    })
  }

  /** A question shares the place of its thread, which keeps both in one batch; other posts may be in other batches. */
  #item(record: SourceRecord): SourceItem {
    const isQuestion = record.type === 'post' && record.kind === 'question'
    return { outcome: 'record', record, place: isQuestion ? this.place : { ...this.place } }
  }
}

function byNumber(a: ReadPost, b: ReadPost): number {
  return numberOf(a) === numberOf(b) ? 0 : numberOf(a) - numberOf(b)
}

function numberOf(read: ReadPost): number {
  if ('post' in read) return read.post.number
  return 'removed' in read ? read.number : Number.POSITIVE_INFINITY
}

function idOf(read: ReadPost): string {
  if ('post' in read) return read.post.id
  if ('removed' in read) return read.removed
  return 'smallAction' in read ? read.smallAction : ''
}
