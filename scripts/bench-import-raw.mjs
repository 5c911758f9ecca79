// Child of bench-import.mjs: what any import of this dump must do, and nothing else: parse, turn HTML into Markdown in
// a thread of its own a batch ahead, as the import does, and insert rows by prepared statements in batches.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { requireFormat } from '../dist/sources/index.js'
import { createTextThread } from '../dist/threads/index.js'

/** Posts a transaction, as the import settles on. */
const BATCH = 200

const [dump, home] = process.argv.slice(2)
mkdirSync(home, { recursive: true })
const db = new Sqlite(join(home, 'raw.db'))
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec(`create table threads (id text primary key, title text, tags text, views integer, created_at text);
  create table posts (id text primary key, thread_id text, parent_id text, kind text, author_id text,
    created_at text, score integer, body text)`)
const thread = db.prepare('insert into threads values (?, ?, ?, ?, ?)')
const post = db.prepare('insert into posts values (?, ?, ?, ?, ?, ?, ?, ?)')
const insert = db.transaction((records, markdown) => {
  let at = 0
  for (const record of records) {
    if (record.type === 'thread')
      thread.run(record.id, record.title, JSON.stringify(record.tags), record.views ?? null, record.createdAt)
    else {
      const { id, threadId, parentId, kind, authorId, createdAt, score } = record
      post.run(
        id,
        threadId ?? null,
        parentId ?? null,
        kind,
        authorId ?? null,
        createdAt,
        score ?? null,
        markdown[at++],
      )
    }
  }
})

const texts = createTextThread()
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
      if (item.outcome !== 'record' || !['thread', 'post'].includes(item.record.type)) continue
      batch.push(item.record)
      if (batch.length === BATCH) {
        yield batch
        batch = []
      }
    }
  }
  if (batch.length > 0) yield batch
}
