import { isObject, type JsonObject } from '../reading/json-fields.ts'
import type { Place, SourceItem } from '../record.ts'

interface Connection {
  readonly discussionId: string
  readonly what: string
  readonly place: Place
  readonly seen: Set<string>
  total: number
  isEnded: boolean
}

/** One page of a connection of a discussion or comment: its comments, its replies or its chosen answer. */
interface ConnectionPage {
  readonly discussionId: string
  /** Unique among the connections of all discussions. */
  readonly key: string
  readonly what: string
  readonly total: number
  readonly hasNextPage: boolean
  readonly ids: readonly string[]
  readonly place: Place
}

/**
 * Detects discussions that are present only in part: comments may come with their discussion, in pages, or not at all. A
 * connection that comes complete in one page is not remembered.
 */
export class DiscussionConnections {
  readonly #connections = new Map<string, Connection>()

  page({ discussionId, key, what, total, hasNextPage, ids, place }: ConnectionPage): void {
    let connection = this.#connections.get(key)
    if (connection === undefined) {
      if (!hasNextPage && ids.length >= total) return
      connection = { discussionId, what, place, seen: new Set(), total: 0, isEnded: false }
      this.#connections.set(key, connection)
    }
    connection.total = Math.max(connection.total, total)
    connection.isEnded ||= !hasNextPage
    for (const id of ids) connection.seen.add(id)
  }

  *incomplete(): Generator<SourceItem> {
    const lacks = new Map<string, { readonly place: Place; readonly what: string[] }>()
    for (const { discussionId, what, place, seen, total, isEnded } of this.#connections.values()) {
      if (seen.size >= total && isEnded) continue
      const count = total > seen.size ? `${total - seen.size}` : 'some'
      const entry = lacks.get(discussionId) ?? { place, what: [] }
      entry.what.push(`${count} ${what}`)
      lacks.set(discussionId, entry)
    }
    for (const [discussionId, { place, what }] of lacks) {
      const reason = `discussion ${discussionId} lacks ${what.slice(0, MOST_NAMED).join(' and ')}`
      yield { outcome: 'incomplete', code: 'DISCUSSION_INCOMPLETE', reason, place }
    }
  }
}

const MOST_NAMED = 5

/** Detects missing pages of discussions: no page is marked as the last one, or there are fewer discussions than counted. */
export class DiscussionPages {
  readonly #seen = new Set<string>()
  #total = 0
  #isPaged = false
  #isEnded = false
  #place: Place | undefined

  count(id: unknown): void {
    if (typeof id === 'string') this.#seen.add(id)
  }

  page({ pageInfo, totalCount }: JsonObject, place: Place): void {
    this.#place = place
    if (typeof totalCount === 'number') this.#total = Math.max(this.#total, totalCount)
    if (!isObject(pageInfo)) return
    this.#isPaged = true
    if (pageInfo.hasNextPage !== true) this.#isEnded = true
  }

  *incomplete(): Generator<SourceItem> {
    const seen = this.#seen.size
    const isCut = this.#isPaged && !this.#isEnded
    if (this.#place === undefined || (!isCut && seen >= this.#total)) return
    const reason =
      seen < this.#total
        ? `only ${seen} of ${this.#total} discussions are in the export: add the other pages`
        : 'the last page of discussions is missing'
    yield { outcome: 'incomplete', code: 'LIST_INCOMPLETE', reason, place: this.#place }
  }
}
