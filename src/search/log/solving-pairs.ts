import { type Audience, visibleTo } from '../../access/audience.ts'
import type { Counters } from '../../platform/database/change-counters.ts'
import { groupBy } from '../../platform/group-by.ts'
import { hiddenFrom, type TitleDeps } from '../document-titles.ts'

/** What visitors asked before an article solved their problem. */
export interface SolvedText {
  readonly id: string
  readonly text: string
  readonly language: string
}

/** Visits, a day each, of which fewer are chance. */
const FEWEST_VISITS = 2
/** Texts of an article that are paired with each other. */
const MOST_OF_ONE = 5
/** What stands for words that no document holds. */
const LEFT_OUT = '…'

/**
 * Searches that ask in other words what the same article solved, in pairs: of readers of the reader's audience or a wider
 * one, about articles that the reader may see now. The words of one visitor are in none.
 */
export async function solvingPairs(
  { db, documents }: TitleDeps,
  reader: Audience,
  limit: number,
  counters: Counters,
): Promise<(readonly [SolvedText, SolvedText])[]> {
  const query = db
    .sql('search_openings as o')
    .join('searches as s', 's.id', 'o.search_id')
    .join('search_documents as d', 'd.id', 'o.document_id')
    .whereRaw('not d.deleted')
    .where('d.kind', 'article')
    .whereIn('d.audience', visibleTo(reader))
    .whereIn('s.audience', visibleTo(reader))
    .whereRaw('o.solved')
    .whereNot('s.visit', '')
    .whereRaw('s.text not like ?', [`%${LEFT_OUT}%`])
    .groupBy('o.document_id', 's.language', 's.terms')
    .havingRaw('count(distinct s.visit) >= ?', [FEWEST_VISITS])
    .orderByRaw('o.document_id, count(distinct s.visit) desc, s.terms')
    .limit(limit)
    .select({ documentId: 'o.document_id', language: 's.language' })
    .min({ id: 's.id', text: 's.text' })
  const hidden = await hiddenFrom(documents, reader, counters)
  const texts = await db.longRead<SolvedText & { readonly documentId: string }>(query)
  const byArticle = groupBy(
    texts.filter(({ documentId }) => !hidden.has(documentId)),
    ({ documentId }) => documentId,
  )
  return [...byArticle.values()].flatMap((all) => pairsOf(all.slice(0, MOST_OF_ONE)))
}

function pairsOf<T>(all: readonly T[]): (readonly [T, T])[] {
  return all.flatMap((one, at) => all.slice(at + 1).map((other) => [one, other] as const))
}
