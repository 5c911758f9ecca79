import { type JsonExportReader, readJsonExport } from '../reading/json-export.ts'
import { isObject, type JsonDocument, type JsonObject } from '../reading/json-fields.ts'
import { cleanText } from '../reading/values.ts'
import type { Place, SourceFormat, SourceItem } from '../record.ts'
import { DiscussionConnections } from './connections.ts'
import { readDiscussion } from './threads.ts'

/**
 * GitHub Discussions as GraphQL answers them: pages of `repository.discussions`, one after the other as
 * `gh api graphql --paginate` prints them, in an array (`--slurp`), one a line or a file each; single answers of
 * `repository.discussion`; bare discussions.
 */
export const githubDiscussions: SourceFormat = {
  name: 'github-discussions',
  description: 'GitHub Discussions: GraphQL responses as JSON, as `gh api graphql --paginate` saves them',
  read: (paths, progress) => readJsonExport(paths, progress, createReader()),
}

const LISTS = [
  'data.repository.discussions.nodes',
  'repository.discussions.nodes',
  'discussions.nodes',
  'nodes',
]

function createReader(): JsonExportReader {
  const pages = new DiscussionPages()
  const connections = new DiscussionConnections()

  function read({ value, place }: JsonDocument, items: SourceItem[]): string | undefined {
    if (!isObject(value)) return 'it is not a discussion or a page of discussions'
    if (isDiscussion(value)) {
      pages.count(value.id)
      readDiscussion(value, place, items, connections)
      return undefined
    }
    const errors = errorsOf(value)
    const connection = connectionOf(value)
    if (connection === undefined) return errors ?? 'it is not a discussion or a page of discussions'
    if (errors !== undefined)
      items.push({ outcome: 'rejected', of: 'other', code: 'GITHUB_ERRORS', reason: errors, place })
    if (isDiscussion(connection)) return read({ value: connection, place }, items)
    pages.page(connection, place)
    for (const node of Array.isArray(connection.nodes) ? connection.nodes : [])
      read({ value: node, place }, items)
    return undefined
  }

  function* end(): Generator<SourceItem> {
    yield* connections.incomplete()
    yield* pages.incomplete()
  }

  return { arrays: LISTS, read, end }
}

function isDiscussion(value: JsonObject): boolean {
  return typeof value.title === 'string' && ('body' in value || 'bodyHTML' in value || 'bodyText' in value)
}

/** The list of discussions, or the one discussion, that an envelope holds. */
function connectionOf(envelope: JsonObject): JsonObject | undefined {
  let found = envelope
  for (const key of ['data', 'repository']) {
    const inner = found[key]
    if (isObject(inner)) found = inner
  }
  for (const key of ['discussions', 'discussion', 'node']) {
    const inner = found[key]
    if (isObject(inner)) return inner
  }
  return Array.isArray(found.nodes) ? found : undefined
}

/** What GraphQL says went wrong: with part of the data, or instead of it. */
function errorsOf({ errors, message }: JsonObject): string | undefined {
  const texts = Array.isArray(errors)
    ? errors.map((error) => (isObject(error) ? error.message : error))
    : [message]
  const told = texts.filter((text) => typeof text === 'string')
  if (told.length === 0) return undefined
  return cleanText(`GitHub responded with an error: ${told.join('; ').slice(0, 200)}`)
}

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
        ? `only ${seen} of ${this.#total} discussions are in the export: add the other pages`
        : 'the last page of discussions is missing'
    yield { outcome: 'incomplete', code: 'LIST_INCOMPLETE', reason, place: this.#place }
  }
}
