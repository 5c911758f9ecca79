import { cleanText } from '../reading/values.ts'
import type { Place, PostKind, SourceItem, SourceRecord } from '../record.ts'
import type { DiscoursePost, ReadPost } from './post.ts'
import { asOf, type DiscourseContext } from './thread.ts'

const LONGEST_TITLE = 80

/** What a topic says of its posts, apart from them. */
interface TopicExtent {
  /** Ids of all its posts, where it lists them. */
  readonly stream?: ReadonlySet<string>
  /** How many there are; unknown where only posts are told and not their topic. */
  readonly postsCount?: number
  /** Numbers of the accepted ones, where the topic states them. */
  readonly accepted?: readonly number[]
}

/** A topic of which posts come in one document or in several (pages). */
export class DiscourseTopic {
  readonly id: string
  readonly title: string
  readonly place: Place
  readonly #context: DiscourseContext
  readonly #extent: TopicExtent
  readonly #met = new Set<string>()
  /** Posts taken, by number, each with the answer that it belongs to. */
  readonly #taken = new Map<number, { readonly id: string; readonly under: string | undefined }>()
  readonly #gone = new Set<number>()
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
   * Takes posts, and tells what they are. Post 1 is the question. A reply to it or to nothing in particular is an
   * answer: that is how people answer in Discourse. A reply to another post goes on about that one and is a comment on
   * the answer at the root of the exchange; one that was accepted is an answer all the same, since the community says
   * so. A comment whose root is not here hangs on the thread alone. Posts that were taken before are left alone.
   */
  take(posts: readonly ReadPost[]): SourceItem[] {
    const items: SourceItem[] = []
    const members = new Map<string, SourceItem>()
    const news = posts.filter((read) => !this.#met.has(idOf(read)))
    // The question comes first, right behind its frame.
    for (const read of news.sort(byNumber)) {
      if ('rejected' in read) items.push(read.rejected)
      else if ('aside' in read) {
        this.#met.add(read.aside)
        items.push({ outcome: 'ignored', place: { ...this.place } })
      } else if ('removed' in read) {
        this.#met.add(read.removed)
        this.#gone.add(read.number)
        items.push(this.#item({ type: 'removal', of: 'post', id: read.removed, ...asOf(this.#context) }))
      } else {
        const { post } = read
        items.push(this.#takePost(post))
        if (post.member) members.set(post.member.id, this.#item(post.member))
      }
    }
    return [...items, ...members.values()]
  }

  /** Whether the question is one that people may not see; then neither may they the topic. */
  get isWithoutQuestion(): boolean {
    return this.#gone.has(1)
  }

  get isComplete(): boolean {
    return this.#missing() === 0
  }

  /**
   * What is known of accepted answers: the whole set where it is sure to be whole, single verdicts on the posts that
   * are here where it is not.
   */
  acceptance(): SourceItem[] {
    const stated = this.#extent.accepted ?? []
    const found = stated.flatMap((number) => this.#taken.get(number)?.id ?? [])
    const isStatedWhole = stated.every((number) => this.#taken.has(number) || this.#gone.has(number))
    const flagged = [...this.#flagged].filter(([, accepted]) => accepted).map(([id]) => id)
    const postIds = [...new Set([...found, ...flagged])]
    const isWhole = this.isComplete || (this.#extent.accepted !== undefined && isStatedWhole)
    if (isWhole)
      return [this.#item({ type: 'acceptance', threadId: this.id, postIds, ...asOf(this.#context) })]
    const verdicts = new Map([...this.#flagged, ...postIds.map((id) => [id, true] as const)])
    return [...verdicts].map(([postId, accepted]) =>
      this.#item({ type: 'acceptance-update', threadId: this.id, postId, accepted, ...asOf(this.#context) }),
    )
  }

  /** Names a topic that is imported in part. */
  incomplete(): SourceItem {
    const { stream, postsCount } = this.#extent
    const total = stream?.size ?? postsCount
    const what =
      total === undefined
        ? `posts without their topic: ${this.#met.size}`
        : `${total - this.#missing()} of ${total} posts`
    const title = this.title.length > LONGEST_TITLE ? `${this.title.slice(0, LONGEST_TITLE)}…` : this.title
    const reason = `topic ${this.id}${title === '' ? '' : ` "${title}"`}: ${what}`
    return { outcome: 'incomplete', code: 'TOPIC_INCOMPLETE', reason: cleanText(reason), place: this.place }
  }

  /**
   * How many posts are not here: of those that the topic lists, or by their count where it does not. A list that names
   * none of the posts that came is one of other numbers than ids (anonymised samples have such), and counts only.
   */
  #missing(): number {
    const { stream, postsCount = Number.POSITIVE_INFINITY } = this.#extent
    let found = 0
    for (const id of this.#met) if (stream?.has(id)) found += 1
    const total = stream?.size ?? postsCount
    return Math.max(0, total - (found > 0 ? found : this.#met.size))
  }

  #takePost(post: DiscoursePost): SourceItem {
    this.#met.add(post.id)
    const isAccepted = post.accepted === true || (this.#extent.accepted?.includes(post.number) ?? false)
    if (post.accepted !== undefined && post.number > 1) this.#flagged.set(post.id, post.accepted)
    const isReply = post.replyTo !== undefined && post.replyTo > 1 && post.replyTo < post.number
    const kind: PostKind = post.number === 1 ? 'question' : isAccepted || !isReply ? 'answer' : 'comment'
    const parentId = kind === 'comment' ? this.#taken.get(post.replyTo!)?.under : undefined
    this.#taken.set(post.number, { id: post.id, under: kind === 'comment' ? parentId : post.id })
    return this.#item({
      ...post.content,
      kind,
      threadId: this.id,
      ...(parentId !== undefined && { parentId }),
      ...asOf(this.#context),
    })
  }

  /** A frame stays with its question by sharing the place; other posts may stand in other batches. */
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
  return 'aside' in read ? read.aside : ''
}
