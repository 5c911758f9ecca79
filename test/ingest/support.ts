import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandLine } from '../../src/access/actor.ts'
import { createAuditLog } from '../../src/access/audit-log.ts'
import type {
  ImportDeps,
  ImportRequest,
  ImportSummary,
  ImportWatcher,
} from '../../src/ingest/imports/import-request.ts'
import { importThreads } from '../../src/ingest/imports/import-threads.ts'
import { createTextWorker } from '../../src/ingest/rows/text-work.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { createOutbox } from '../../src/platform/jobs/events.ts'
import type { SourceRecord } from '../../src/sources/record.ts'
import { fakeClock } from '../support/fake-clock.ts'

/** One worker for all imports of a test file: starting one takes longer than most of them. */
const texts = createTextWorker()

export function importDeps(db: Database): ImportDeps {
  const clock = fakeClock('2026-01-10T00:00:00.000Z')
  return {
    db,
    clock,
    audit: createAuditLog(db, clock),
    outbox: createOutbox(db, clock, () => undefined),
    identifiers: [],
    texts,
  }
}

const folder = mkdtempSync(join(tmpdir(), 'entraide-export-'))
let files = 0

/** A file with this text. */
export function fileOf(text: string, ending = 'ndjson'): string {
  files += 1
  const path = join(folder, `${files}.${ending}`)
  writeFileSync(path, text)
  return path
}

export function ndjsonOf(records: readonly SourceRecord[]): string {
  return fileOf(records.map((record) => `${JSON.stringify(record)}\n`).join(''))
}

export function importRecords(
  deps: ImportDeps,
  records: readonly SourceRecord[],
  options: Partial<ImportRequest & ImportWatcher> = {},
): Promise<ImportSummary> {
  const paths = [ndjsonOf(records)]
  return importThreads(deps, { format: 'ndjson', paths, source: 'forum', actor: commandLine, ...options })
}

const tables = ['sources', 'threads', 'posts', 'members', 'acceptances', 'votes', 'thread_links'] as const

/** All content that imports write about threads, sorted, without the creation times of sources. */
export async function contentOf(db: Database): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {}
  for (const table of tables) {
    const rows: object[] = await db.sql(table).select()
    content[table] = rows
      .map((row) => JSON.stringify(table === 'sources' ? { ...row, created_at: '' } : row))
      .sort()
  }
  return content
}

export const thread = (id: string, fields: object = {}): SourceRecord => ({
  type: 'thread',
  id,
  title: `Thread ${id}`,
  createdAt: '2024-01-01T00:00:00.000Z',
  tags: [],
  ...fields,
})

const post = (kind: 'question' | 'answer' | 'comment') => (id: string, fields: object) =>
  ({
    type: 'post',
    id,
    kind,
    body: `The text of ${id} is written here in plain English words.`,
    format: 'markdown',
    createdAt: '2024-01-02T00:00:00.000Z',
    ...fields,
  }) as SourceRecord

export const question = (id: string, threadId: string, fields: object = {}) =>
  post('question')(id, { threadId, ...fields })
export const answer = (id: string, threadId: string, fields: object = {}) =>
  post('answer')(id, { threadId, ...fields })
export const comment = (id: string, parentId: string, fields: object = {}) =>
  post('comment')(id, { parentId, ...fields })
export const acceptance = (threadId: string, ...postIds: string[]): SourceRecord => ({
  type: 'acceptance',
  threadId,
  postIds,
})

/** Empties what imports fill, so that a test begins with nothing known. */
export async function clearThreads(db: Database): Promise<void> {
  const further = [
    'thread_views',
    'post_changes',
    'acceptance_updates',
    'tombstones',
    'post_moves',
    'thread_merges',
  ]
  for (const table of [...further, 'import_rejections', 'imports']) await db.sql(table).delete()
  for (const table of ['thread_links', 'votes', 'acceptances', 'posts', 'threads', 'members'])
    await db.sql(table).delete()
}
