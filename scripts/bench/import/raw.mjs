// Child of ../import.mjs: what any import of this dump must do, and nothing else: parse, turn HTML into Markdown in
// a thread of its own a batch ahead, as the import does, and insert rows by prepared statements in batches.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { createTextWorker } from '../../../dist/ingest/rows/text-work.js'
import { requireFormat } from '../../../dist/sources/registry.js'

/** Records a transaction. */
const BATCH = 500

const [dump, home] = process.argv.slice(2)
mkdirSync(home, { recursive: true })
const db = new Sqlite(join(home, 'raw.db'))
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec(`create table threads (id text primary key, title text, tags text, views integer, created_at text);
  create table posts (id text primary key, thread_id text, parent_id text, kind text, author_id text,
    created_at text, score integer, body text);
  create table members (id text primary key, name text, reputation integer);
  create table votes (post_id text primary key, up integer, down integer);
  create table links (from_id text, to_id text, kind text)`)
const thread = db.prepare('insert into threads values (?, ?, ?, ?, ?)')
const post = db.prepare('insert into posts values (?, ?, ?, ?, ?, ?, ?, ?)')
const member = db.prepare('insert or replace into members values (?, ?, ?)')
const votes = db.prepare('insert or replace into votes values (?, ?, ?)')
const link = db.prepare('insert into links values (?, ?, ?)')
const orNull = (value) => value ?? null
const put = {
  thread: ({ id, title, tags, views, createdAt }) =>
    thread.run(id, title, JSON.stringify(tags), orNull(views), createdAt),
  post: ({ id, threadId, parentId, kind, authorId, createdAt, score }, body) =>
    post.run(...[id, threadId, parentId, kind, authorId, createdAt, score, body].map(orNull)),
  member: ({ id, name, reputation }) => member.run(id, name, orNull(reputation)),
  votes: ({ postId, up, down }) => votes.run(postId, up, down),
  link: ({ fromThreadId, toThreadId, kind }) => link.run(fromThreadId, toThreadId, kind),
}
const insert = db.transaction((records, markdown) => {
  let at = 0
  for (const record of records) put[record.type](record, record.type === 'post' ? markdown[at++] : undefined)
})

const texts = createTextWorker()
const started = performance.now()
let posts = 0
let waiting
for await (const records of batches()) {
  const bodies = records.filter(({ type }) => type === 'post')
  posts += bodies.length
  const reply = texts.run({ bodies: bodies.map(({ body, format }) => ({ body, format })), threads: [] })
  if (waiting) insert(waiting.records, (await waiting.reply).markdown)
  waiting = { records, reply }
}
if (waiting) insert(waiting.records, (await waiting.reply).markdown)
const seconds = (performance.now() - started) / 1000
await texts.close()
db.close()
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
console.log(JSON.stringify({ seconds, megabytes, posts }))

async function* batches() {
  let batch = []
  for await (const block of requireFormat('stack-exchange').read([dump], { bytesRead: 0, bytesTotal: 0 })) {
    for (const item of block) {
      if (item.outcome !== 'record' || !(item.record.type in put)) continue
      batch.push(item.record)
      if (batch.length === BATCH) {
        yield batch
        batch = []
      }
    }
  }
  if (batch.length > 0) yield batch
}
