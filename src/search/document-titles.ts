import { type Audience, visibleTo } from '../access/audience.ts'
import type { Counters } from '../platform/database/change-counters.ts'
import type { Database } from '../platform/database/database.ts'
import type { DocumentStore } from './document-store.ts'
import type { DocumentKind } from './engine/document.ts'

/** A title that a reader may see. */
export interface KnownTitle {
  readonly id: string
  readonly kind: DocumentKind
  readonly title: string
  readonly language: string
}

export interface TitleDeps {
  readonly db: Database
  readonly documents: Pick<DocumentStore, 'sourcesVisibleTo' | 'locked'>
}

/** Titles that the reader may see now, those that changed last first. */
export async function readableTitles(
  { db, documents }: TitleDeps,
  reader: Audience,
  limit: number,
  counters: Counters,
): Promise<readonly KnownTitle[]> {
  const sources = await documents.sourcesVisibleTo(reader, counters)
  const query = db
    .sql('search_documents')
    .whereRaw('not deleted')
    .whereIn('audience', visibleTo(reader))
    .where((either) => either.where({ kind: 'article' }).orWhereIn('source', [...sources]))
    .orderBy('seq', 'desc')
    .limit(limit)
    .select('id', 'kind', 'title', 'language')
  const hidden = await hiddenFrom(documents, reader, counters)
  return (await db.longRead<KnownTitle>(query)).filter(({ id }) => !hidden.has(id))
}

/** Titles of articles and of their translations, where the reader may see both now; at most so many pairs. */
export async function translatedTitles(
  { db, documents }: TitleDeps,
  reader: Audience,
  limit: number,
  counters: Counters,
): Promise<(readonly [KnownTitle, KnownTitle])[]> {
  const query = db
    .sql('search_translations as l')
    .join('search_documents as d', 'd.id', 'l.document_id')
    .join('search_documents as o', 'o.id', 'l.original_id')
    .whereRaw('not d.deleted and not o.deleted')
    .whereIn('d.audience', visibleTo(reader))
    .whereIn('o.audience', visibleTo(reader))
    .orderBy('d.id', 'desc')
    .limit(limit)
    .select({ id: 'd.id', title: 'd.title', language: 'd.language' })
    .select({ originalId: 'o.id', originalTitle: 'o.title', originalLanguage: 'o.language' })
  const hidden = await hiddenFrom(documents, reader, counters)
  const rows =
    await db.longRead<Record<'id' | 'title' | 'language' | `original${'Id' | 'Title' | 'Language'}`, string>>(
      query,
    )
  return rows
    .filter(({ id, originalId }) => !hidden.has(id) && !hidden.has(originalId))
    .map(({ id, title, language, originalId, originalTitle, originalLanguage }) => [
      { id, kind: 'article', title, language },
      { id: originalId, kind: 'article', title: originalTitle, language: originalLanguage },
    ])
}

/** Ids of the documents that the reader must not find now. */
export async function hiddenFrom(
  documents: TitleDeps['documents'],
  reader: Audience,
  counters: Counters,
): Promise<ReadonlySet<string>> {
  return reader === 'internal' ? new Set() : documents.locked(counters)
}
