import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { sourceErrors } from '../errors.ts'
import { ByteWindow } from '../reading/byte-window.ts'
import { fileSize, openInput } from '../reading/input-file.ts'
import type { ReadProgress, SourceFormat, SourceItem } from '../record.ts'
import { RowFields } from './row-fields.ts'
import {
  commentFields,
  linkFields,
  postFields,
  readComment,
  readLink,
  readPost,
  readUser,
  userFields,
  type Values,
} from './rows.ts'
import { readXmlRows } from './xml-rows.ts'

const BATCH = 1000
/** Comments that are sorted together: some four megabytes. */
const COMMENTS = 8000

/**
 * A Stack Exchange data dump: a folder, or its `Posts.xml`. Comments, Users, PostLinks and Votes are read from the same
 * folder, in that order, if they exist. Posts come first, so that a question precedes its answers as often as the dump
 * allows.
 */
export const stackExchange: SourceFormat = {
  name: 'stack-exchange',
  description: 'Stack Exchange data dump: its folder, or Posts.xml beside the other tables',
  readsFolders: true,
  async *read(paths, progress) {
    const dumps = await Promise.all(paths.map(findTables))
    const files = dumps.flat()
    const sizes = await Promise.all(files.map(({ path }) => fileSize(path)))
    progress.bytesTotal += sizes.reduce((sum, size) => sum + size, 0)
    for (const { path, table } of files) yield* table(path, progress)
  },
}

type Table = (path: string, progress: ReadProgress) => AsyncGenerator<readonly SourceItem[]>

const tables: Readonly<Record<string, Table>> = {
  'comments.xml': nearParents(tableOf('comments', commentFields, readComment)),
  'users.xml': tableOf('users', userFields, readUser),
  'postlinks.xml': tableOf('postlinks', linkFields, readLink),
  'votes.xml': readVotes,
}
const posts = tableOf('posts', postFields, readPost)

/** @throws FILE_NOT_FOUND if a dump has no posts */
async function findTables(path: string): Promise<{ path: string; table: Table }[]> {
  const isFolder = await stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  )
  const folder = isFolder ? path : dirname(path)
  const names = new Map<string, string>()
  if (isFolder || (await fileSize(path)) >= 0) {
    for (const name of await readdir(folder)) names.set(name.toLowerCase(), name)
  }
  const postsName = isFolder ? names.get('posts.xml') : basename(path)
  if (postsName === undefined) throw sourceErrors.FILE_NOT_FOUND({ file: join(path, 'Posts.xml') })
  const beside = Object.entries(tables).flatMap(([name, table]) => {
    const actual = names.get(name)
    return actual === undefined || actual === postsName ? [] : [{ path: join(folder, actual), table }]
  })
  return [{ path: join(folder, postsName), table: posts }, ...beside]
}

function tableOf(
  root: string,
  fields: readonly string[],
  readRow: (values: Values, place: { file: string; line: number }, items: SourceItem[]) => void,
): Table {
  return async function* (path, progress) {
    const input = await openInput(path, progress)
    try {
      for await (const rows of readXmlRows(new ByteWindow(input), root, fields)) {
        const items: SourceItem[] = []
        for (const { line, values } of rows) readRow(values, { file: path, line }, items)
        yield items
      }
    } finally {
      await input.close()
    }
  }
}

/**
 * Sorts comments by their parent post, a window at a time. In the order of their own numbers, each would touch a different
 * page of the index by thread.
 */
function nearParents(table: Table): Table {
  return async function* (path, progress) {
    let window: SourceItem[] = []
    const sorted = () => {
      const items = window.map((item) => ({ item, parent: parentOf(item) }))
      window = []
      return items.sort((one, other) => one.parent - other.parent).map(({ item }) => item)
    }
    try {
      for await (const items of table(path, progress)) {
        for (const item of items) window.push(item)
        if (window.length >= COMMENTS) yield sorted()
      }
    } catch (fault) {
      if (window.length > 0) yield sorted()
      throw fault
    }
    if (window.length > 0) yield sorted()
  }
}

function parentOf(item: SourceItem): number {
  return item.outcome === 'record' && item.record.type === 'post' ? Number(item.record.parentId) : 0
}

/** Types 2 and 3 are votes up and down. The dump has a row for each vote; they are added up per post. */
async function* readVotes(path: string, progress: ReadProgress): AsyncGenerator<readonly SourceItem[]> {
  const tally = new VoteTally()
  const count = tableOf('votes', ['PostId', 'VoteTypeId'], (values, place, items) => {
    const up = values.VoteTypeId === '2' ? 1 : 0
    const down = values.VoteTypeId === '3' ? 1 : 0
    const row = new RowFields(values)
    const postId = Number(row.id('PostId'))
    row.id('VoteTypeId')
    if (row.problem || postId < 1) items.push(row.rejection('other', place))
    else if (up + down > 0) tally.add(postId, up, down)
  })
  for await (const rejected of count(path, progress)) if (rejected.length > 0) yield rejected

  let items: SourceItem[] = []
  for (const { postId, up, down } of tally.totals()) {
    items.push({
      outcome: 'record',
      record: { type: 'votes', postId: String(postId), up, down },
      place: { file: path },
    })
    if (items.length === BATCH) {
      yield items
      items = []
    }
  }
  if (items.length > 0) yield items
}

const EMPTY = 0

/**
 * Counts votes up and down per post, for all posts of a dump: an open-addressing table in typed arrays, with 16 bytes per
 * slot (a Map of objects takes over 100 bytes per post).
 */
export class VoteTally {
  #posts = new Float64Array(1024)
  #up = new Uint32Array(1024)
  #down = new Uint32Array(1024)
  #size = 0

  /** @param postId a whole number ≥ 1 */
  add(postId: number, up: number, down: number): void {
    if (this.#size * 4 >= this.#posts.length * 3) this.#grow()
    const slot = this.#slotOf(postId)
    if (this.#posts[slot] === EMPTY) {
      this.#posts[slot] = postId
      this.#size += 1
    }
    this.#up[slot]! += up
    this.#down[slot]! += down
  }

  /** Totals by ascending post id. */
  *totals(): Generator<{ readonly postId: number; readonly up: number; readonly down: number }> {
    for (const postId of this.#posts.filter((post) => post !== EMPTY).sort()) {
      const slot = this.#slotOf(postId)
      yield { postId, up: this.#up[slot]!, down: this.#down[slot]! }
    }
  }

  #slotOf(postId: number): number {
    const mask = this.#posts.length - 1
    const folded = postId ^ Math.imul(Math.floor(postId / 4294967296), 0x85ebca6b)
    let slot = Math.imul(folded, 0x9e3779b1) >>> Math.clz32(mask)
    while (this.#posts[slot] !== EMPTY && this.#posts[slot] !== postId) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [posts, up, down] = [this.#posts, this.#up, this.#down]
    this.#posts = new Float64Array(posts.length * 2)
    this.#up = new Uint32Array(posts.length * 2)
    this.#down = new Uint32Array(posts.length * 2)
    for (let old = 0; old < posts.length; old += 1) {
      if (posts[old] === EMPTY) continue
      const slot = this.#slotOf(posts[old]!)
      this.#posts[slot] = posts[old]!
      this.#up[slot] = up[old]!
      this.#down[slot] = down[old]!
    }
  }
}
