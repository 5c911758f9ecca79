import type { Place, SourceItem } from '../record.ts'

interface Connection {
  readonly discussionId: string
  readonly what: string
  readonly place: Place
  readonly seen: Set<string>
  total: number
  isEnded: boolean
}

/** One page of what belongs to a discussion or comment: its comments, its replies, its chosen answer. */
interface ConnectionPage {
  readonly discussionId: string
  /** Names the connection among those of all discussions. */
  readonly key: string
  readonly what: string
  readonly total: number
  readonly hasNextPage: boolean
  readonly ids: readonly string[]
  readonly place: Place
}

/**
 * Notices discussions that are there in part: comments may come with their discussion, in pages of it, or not at all.
 * What came whole at once is not remembered.
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
      const told = lacks.get(discussionId) ?? { place, what: [] }
      told.what.push(`${count} ${what}`)
      lacks.set(discussionId, told)
    }
    for (const [discussionId, { place, what }] of lacks) {
      const reason = `discussion ${discussionId} lacks ${what.slice(0, MOST_TOLD).join(' and ')}`
      yield { outcome: 'incomplete', code: 'DISCUSSION_INCOMPLETE', reason, place }
    }
  }
}

const MOST_TOLD = 5
