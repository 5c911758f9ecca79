import type { StoredDocument } from '../../src/search/index.ts'

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
