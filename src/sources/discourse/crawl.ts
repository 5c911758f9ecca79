import { sourceErrors } from '../errors.ts'
import type { SourceItem } from '../record.ts'
import type { DiscourseCrawl, DiscourseCursor } from './api.ts'
import type { DiscourseServer, ListedTopic, ListPage } from './server.ts'

/** Topics that are read concurrently. */
const AT_ONCE = 3
/** Activity may become visible with a delay. */
const OVERLAP_MS = 300_000
/** After this many pages without new topics, the list is assumed to repeat itself. */
const MOST_REPEATS = 20

/** What a crawl yields: the items of topics, and the cursor that holds once these are committed. */
type CrawlStep = readonly SourceItem[] | DiscourseCursor

/**
 * Reads the topics of a community by their activity, newest first, and at the end those that became active meanwhile.
 *
 * The list changes while it is read. A topic that becomes active moves to the top, which is read again at the end. When a
 * topic is deleted, others move up across the boundary of a page, so a page is listed again after its topics were read,
 * until it shows nothing new. Times are those of the list, so that no clock needs to agree with the server's.
 *
 * @param latest later activity is a date in the future: it does not count as progress, and its topic is read every time
 * @param since topics without activity since then are left out; by default those that the last finished crawl read. An
 *   interrupted crawl continues from its page if it had the same `since`, or if none is given
 */
export async function* crawlDiscourse(
  server: DiscourseServer,
  cursor: DiscourseCursor,
  since: string | undefined,
  latest: string,
): AsyncGenerator<CrawlStep> {
  const { completed } = cursor
  const resumed =
    cursor.crawl && (since === undefined || since === cursor.crawl.since) ? cursor.crawl : undefined
  const first = await server.list(0)
  if (first.topics.length === 0) return
  const newest = newestOf(first, latest)
  const from = since ?? (completed === undefined ? undefined : minus(completed, OVERLAP_MS))
  const crawl: DiscourseCrawl = resumed ?? {
    started: newest,
    page: 0,
    since: from,
  }

  const recent = new Map<string, string>()
  const border = minus(crawl.started, OVERLAP_MS)
  const remember = ({ id, at }: ListedTopic) => at >= border && recent.set(id, at)
  for await (const step of walk(server, crawl, remember)) {
    yield 'items' in step ? step.items : { completed, crawl: { ...crawl, ...step } }
  }

  const end = newestOf(await server.list(0), latest)
  const isRead = ({ id, at }: ListedTopic) => recent.get(id) === at
  for await (const step of walk(
    server,
    { started: NO_END, since: border, page: 0 },
    () => undefined,
    isRead,
  )) {
    if ('items' in step) yield step.items
  }
  yield { completed: end > crawl.started ? end : crawl.started }
}

const NO_END = '9999-12-31T23:59:59.999Z'

type WalkStep = { readonly items: readonly SourceItem[] } | Pick<DiscourseCrawl, 'done' | 'page'>

/** Reads the topics with activity from `since` to `started` (or `done`, if present), page by page. */
async function* walk(
  server: DiscourseServer,
  crawl: DiscourseCrawl,
  onRead: (topic: ListedTopic) => void,
  isKnown: (topic: ListedTopic) => boolean = () => false,
): AsyncGenerator<WalkStep> {
  const { started, since = '', done } = crawl
  let before = new Set<string>()
  let repeats = 0
  for (let page = await startOf(server, crawl); ; page += 1) {
    const seen = new Set<string>()
    const isNew = (topic: ListedTopic) => !seen.has(keyOf(topic)) && !before.has(keyOf(topic))
    const isDue = (topic: ListedTopic) =>
      topic.at >= since && topic.at <= (done ?? started) && isNew(topic) && !isKnown(topic)
    let list = await server.list(page)
    const isRepeated = list.topics.every((topic) => before.has(keyOf(topic)))
    repeats = isRepeated && list.topics.length > 0 ? repeats + 1 : 0
    if (repeats > MOST_REPEATS)
      throw sourceErrors.API_ANSWER_INVALID({ url: 'latest.json', reason: 'the same page repeatedly' })
    for (;;) {
      const due = list.topics.filter(isDue)
      for (const topic of list.topics) seen.add(keyOf(topic))
      for (let at = 0; at < due.length; at += AT_ONCE) {
        const some = due.slice(at, at + AT_ONCE)
        for (const items of await Promise.all(some.map(({ id }) => server.readTopic(id)))) yield { items }
        some.forEach(onRead)
      }
      if (due.length === 0) break
      list = await server.list(page)
    }
    const oldest = oldestOf(list)
    if (oldest !== undefined) yield { done: done !== undefined && done < oldest ? done : oldest, page }
    if (list.isLast || (oldest !== undefined && oldest < since)) return
    before = seen
  }
}

/** The page to continue from: that of the crawl, or an earlier one if the list became shorter. */
async function startOf(server: DiscourseServer, { page, done }: DiscourseCrawl): Promise<number> {
  let start = page
  while (start > 0 && done !== undefined) {
    const { topics } = await server.list(start)
    const top = topics.find(({ isPinned }) => !isPinned)
    if (top !== undefined && top.at >= done) break
    start -= 1
  }
  return start
}

function keyOf({ id, at }: ListedTopic): string {
  return `${id} ${at}`
}

function newestOf({ topics }: ListPage, latest: string): string {
  const times = topics.map(({ at }) => at).filter((at) => at <= latest)
  return times.sort().at(-1) ?? latest
}

/** The oldest activity on a page; pinned topics are at the top whatever their date, and do not count. */
function oldestOf({ topics }: ListPage): string | undefined {
  return topics
    .filter(({ isPinned }) => !isPinned)
    .map(({ at }) => at)
    .sort()[0]
}

function minus(time: string, milliseconds: number): string {
  return new Date(Date.parse(time) - milliseconds).toISOString()
}
