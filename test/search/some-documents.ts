import type { Audience } from '../../src/access/audience.ts'
import { createSourceStore } from '../../src/ingest/source-store.ts'
import { systemClock } from '../../src/platform/clock.ts'
import type { StoredDocument } from '../../src/search/document-store.ts'
import { createSearch, type Search } from '../../src/search/search.ts'
import type { TestDatabase } from '../support/databases.ts'

/** A process's search on a database that knows the sources `forum` and `tickets`, both public. */
export async function searchOn({ db, home }: TestDatabase): Promise<Search> {
  for (const name of ['forum', 'tickets']) await addSource({ db }, name, 'public')
  return createSearch(db, { home, log: heardLog() })
}

export async function addSource(
  { db }: Pick<TestDatabase, 'db'>,
  name: string,
  audience: Audience,
): Promise<void> {
  const sources = createSourceStore(db, systemClock)
  const { id } = await sources.ensure({ name, format: 'ndjson', audience })
  await sources.change(id, { audience })
}

/** A public thread about nothing, but for what a test says of it. */
export function someDocument(id: string, given: Partial<StoredDocument> = {}): StoredDocument {
  return {
    id,
    kind: 'thread',
    language: 'en',
    audience: 'public',
    title: `Title of ${id}`,
    issue: '',
    body: '',
    tags: [],
    source: 'forum',
    updatedAt: '2026-01-02T03:04:05.000Z',
    ...given,
  }
}

/** A log that remembers what it was told. */
export function heardLog() {
  const warnings: string[] = []
  const notes: string[] = []
  return {
    warnings,
    notes,
    info: (_: object, message: string) => void notes.push(message),
    warn: (_: object, message: string) => void warnings.push(message),
  }
}
