import { type JsonExportReader, readJsonExport } from '../reading/json-export.ts'
import { isObject, type JsonDocument, type JsonObject } from '../reading/json-fields.ts'
import { cleanText } from '../reading/values.ts'
import type { SourceFormat, SourceItem } from '../record.ts'
import { DiscussionConnections, DiscussionPages } from './completeness.ts'
import { readDiscussion } from './threads.ts'

/**
 * GitHub Discussions as GraphQL responses: pages of `repository.discussions`, concatenated as `gh api graphql --paginate`
 * prints them, in an array (`--slurp`), one per line or one per file; single responses with `repository.discussion`; or
 * plain discussions.
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

/** The list of discussions, or the single discussion, in a response. */
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

/** The errors in a GraphQL response, which may come with or instead of data. */
function errorsOf({ errors, message }: JsonObject): string | undefined {
  const texts = Array.isArray(errors)
    ? errors.map((error) => (isObject(error) ? error.message : error))
    : [message]
  const messages = texts.filter((text) => typeof text === 'string')
  if (messages.length === 0) return undefined
  return cleanText(`GitHub responded with an error: ${messages.join('; ').slice(0, 200)}`)
}
