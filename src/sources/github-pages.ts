import { isObject, type JsonObject } from './json-fields.ts'
import type { Place, SourceItem } from './record.ts'

/** Notices when pages of discussions are missing: none says that it is the last, or fewer came than GitHub counts. */
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
        ? `${seen} of ${this.#total} discussions are there: get the other pages too`
        : 'the last page of discussions is missing'
    yield { outcome: 'incomplete', code: 'LIST_INCOMPLETE', reason, place: this.#place }
  }
}
