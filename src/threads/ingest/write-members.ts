import type { BulkTable, Database, Value } from '../../platform/index.ts'
import type { Batch } from './batch.ts'
import { memberHashes } from './read-known.ts'

const members: BulkTable = {
  name: 'members',
  key: ['id'],
  columns: ['id', 'source_id', 'external_id', 'name', 'role', 'reputation', 'joined_at', 'record_hash'],
}
const votes: BulkTable = { name: 'votes', key: ['post_id'], columns: ['post_id', 'up', 'down'] }
const links: BulkTable = {
  name: 'thread_links',
  key: ['from_id', 'to_id', 'kind'],
  columns: ['from_id', 'to_id', 'kind'],
}

/** Writes the members that are new or changed. */
export async function writeMembers(db: Database, sourceId: string, batch: Batch): Promise<void> {
  const known = await memberHashes(db, [...batch.members.values()])
  const rows: Value[][] = []
  for (const [id, { hash, record }] of batch.members) {
    if (known.get(id) === hash) continue
    const { id: externalId, name, role = 'member', reputation = null, joinedAt = null } = record
    rows.push([id, sourceId, externalId, name, role, reputation, joinedAt, hash])
  }
  await db.put(members, rows)
}

/** Writes the totals that differ from the stored ones. */
export async function writeVotes(db: Database, batch: Batch): Promise<void> {
  if (batch.votes.size === 0) return
  const rows = await db.query<{ post_id: string; up: number; down: number }>(
    'select post_id, up, down from votes where post_id = any(?)',
    [[...batch.votes.keys()]],
  )
  const stored = new Map<string, (typeof rows)[number]>()
  for (const row of rows) stored.set(row.post_id, row)
  const changed: Value[][] = []
  for (const [postId, { up, down }] of batch.votes) {
    const before = stored.get(postId)
    if (before?.up !== up || before.down !== down) changed.push([postId, up, down])
  }
  await db.put(votes, changed)
}

/** Adds the links that are new; an export states single links, so none is ever taken away. */
export async function writeLinks(db: Database, batch: Batch): Promise<void> {
  const stated = [...batch.links.values()]
  await db.put(
    links,
    stated.map(({ fromId, toId, kind }) => [fromId, toId, kind]),
  )
}
