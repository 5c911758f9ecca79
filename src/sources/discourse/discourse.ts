import { sourceErrors } from '../errors.ts'
import { readJsonDocuments } from '../reading/json-documents.ts'
import type { FormatOptions, ReadProgress, SourceFormat, SourceItem } from '../record.ts'
import { discourseCursorName, readDiscourseSite } from './api.ts'
import { createDiscourseReading, discourseArrays, discoursePasses } from './reading.ts'
import type { DiscourseContext } from './thread.ts'

const BATCH = 1000

/**
 * Discourse: the address of a community, which is read by API (see {@link readDiscourseSite}), or its JSON: topics
 * (`/t/{id}.json`, in one document or in pages) and lists of topics and of posts, as files, folders or NDJSON. The option
 * `base-url` is the community's address, which the JSON does not contain; with it threads have a URL.
 */
export const discourse: SourceFormat = {
  name: 'discourse',
  description:
    'Discourse: its URL (https://…), or JSON of its API: topics, lists, folders of them, or one per line',
  cursorName(paths) {
    const address = addressOf(paths)
    return address === undefined ? undefined : discourseCursorName(address)
  },
  async *read(paths, progress, options = {}, context = {}) {
    const address = addressOf(paths)
    if (address === undefined) yield* readFiles(paths, progress, contextOf(options))
    else yield* readDiscourseSite(address, progress, options, context)
  },
}

/** @throws COMMUNITY_URL_INVALID for an address among other paths */
function addressOf(paths: readonly string[]): string | undefined {
  const address = paths.find((path) => /^https?:/i.test(path))
  if (address !== undefined && paths.length > 1)
    throw sourceErrors.COMMUNITY_URL_INVALID({ reason: 'pass one URL at a time' })
  return address
}

/**
 * An export may hold a topic both in a list and by itself, and posts apart from their topic, so files are read again (at
 * most twice) for what the first pass could not decide. A fault is thrown once everything before it was yielded.
 */
async function* readFiles(
  paths: readonly string[],
  progress: ReadProgress,
  context: DiscourseContext,
): AsyncGenerator<readonly SourceItem[]> {
  const reading = createDiscourseReading(context)
  let fault: unknown
  for (const pass of discoursePasses) {
    if (!reading.isNeeded(pass)) continue
    const isFirst = pass === discoursePasses[0]
    const counted = isFirst ? progress : { bytesRead: 0, bytesTotal: 0 }
    try {
      for await (const block of readJsonDocuments(paths, counted, { arrays: discourseArrays })) {
        const items = block.flatMap((each) =>
          'rejected' in each ? (isFirst ? [each.rejected] : []) : reading.read(each, pass),
        )
        if (items.length > 0) yield items
      }
    } catch (error) {
      fault ??= error
    }
  }
  progress.notes?.push(...reading.notes())
  const rest = reading.finish()
  for (let at = 0; at < rest.length; at += BATCH) yield rest.slice(at, at + BATCH)
  if (fault !== undefined) throw fault
}

/** @throws FORMAT_OPTION_INVALID */
function contextOf(options: FormatOptions): DiscourseContext {
  const given = options['base-url']
  if (given === undefined) return {}
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '')
    throw sourceErrors.FORMAT_OPTION_INVALID({ option: 'base-url', expected: 'an http or https URL' })
  return { baseUrl: url.href.replace(/\/+$/, '') }
}
