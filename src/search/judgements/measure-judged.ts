import { setImmediate } from 'node:timers/promises'
import type { Audience } from '../../access/audience.ts'
import type { Counters } from '../../platform/database/change-counters.ts'
import { visibleTo } from '../answer-query.ts'
import type { DocumentStore, StoredDocument } from '../document-store.ts'
import type { SearchEngine } from '../engine/create-search-engine.ts'
import { readQuery } from '../engine/operators/read-query.ts'
import type { Synonyms } from '../engine/synonyms/synonym-table.ts'
import { rankDocuments } from '../rank-documents.ts'
import type { SearchIndex } from '../search-index.ts'
import type { JudgedSearch, Judgement, JudgementStore } from './judgement-store.ts'

export interface MeasureDeps {
  readonly index: SearchIndex
  readonly documents: Pick<DocumentStore, 'sourcesVisibleTo' | 'locked' | 'visible'>
  readonly judgements: Pick<JudgementStore, 'list' | 'of'>
}

/** How a judged search does. */
export interface MeasuredSearch extends JudgedSearch {
  /** Documents that answer it, which the reader may see. */
  readonly answers: number
  /** Place of the first of them, from 1; absent where it is beyond the first ten, or where there is none. */
  readonly place?: number
  /** Of the first results that people see without scrolling: how many nobody judged. */
  readonly unjudged: number
}

/** The usual figures, over the searches to which an answer is known (Manning and others 2008, chapter 8). */
export interface Relevance {
  readonly searches: number
  /** Mean of 1 ÷ place, a search whose answer is beyond the first ten counting 0. */
  readonly mrr: number
  /** Shares of searches whose answer is the first result, or among the first three. */
  readonly top1: number
  readonly top3: number
}

const AMONG = 10
const WITHOUT_SCROLLING = 5
/** Documents read at once. */
const CHUNK = 200

/** How each judged search that the reader may see does with the synonyms in `synonyms`. */
export async function measureJudged(
  { index, documents, judgements }: MeasureDeps,
  {
    reader,
    synonyms,
    signal,
  }: { readonly reader: Audience; readonly synonyms: Synonyms; readonly signal: AbortSignal },
  counters: Counters,
): Promise<MeasuredSearch[]> {
  const searches = await judgements.list(reader)
  const judged = await judgements.of(searches.map(({ id }) => id))
  const known = new Set([...judged.values()].flat().map(({ documentId }) => documentId))
  const readable = await readableAmong(documents, [...known], reader, counters)
  const seen = await visibleTo(documents, reader, counters)
  const engine = await index.upToDate(counters.search)
  const measured: MeasuredSearch[] = []
  for (const search of searches) {
    const first = firstResults(engine, search, { ...seen, synonyms })
    const about = judged.get(search.id)!.filter(({ documentId }) => readable.has(documentId))
    measured.push({ ...search, ...placeOf(first, about) })
    await setImmediate()
    signal.throwIfAborted()
  }
  return measured
}

/** Those of these documents that the reader may see now. */
export async function readableAmong(
  documents: MeasureDeps['documents'],
  ids: readonly string[],
  reader: Audience,
  counters: Counters,
): Promise<Map<string, StoredDocument>> {
  const { visibleSources, without } = await visibleTo(documents, reader, counters)
  const readable = new Map<string, StoredDocument>()
  for (let from = 0; from < ids.length; from += CHUNK)
    for (const [id, document] of await documents.visible(ids.slice(from, from + CHUNK), reader)) {
      const { kind, source } = document
      const isOpen = kind === 'article' || (source !== undefined && visibleSources.includes(source))
      if (isOpen && !without.has(id)) readable.set(id, document)
    }
  return readable
}

/** Ids of the first ten results; none where nothing fits. */
function firstResults(
  engine: SearchEngine,
  { text, language }: Pick<JudgedSearch, 'text' | 'language'>,
  seen: Awaited<ReturnType<typeof visibleTo>> & { readonly synonyms: Synonyms },
): readonly string[] {
  const asked = language === 'und' ? undefined : language
  const query = { ...seen, ...readQuery(text), language: asked, limit: AMONG, offset: 0 }
  const { fits, hits } = rankDocuments(engine, query)
  return fits ? hits.map(({ id }) => id) : []
}

function placeOf(first: readonly string[], judged: readonly Judgement[]) {
  const answering = new Set(judged.flatMap(({ documentId, answers }) => (answers ? [documentId] : [])))
  const about = new Set(judged.map(({ documentId }) => documentId))
  const at = first.findIndex((id) => answering.has(id))
  return {
    answers: answering.size,
    place: at < 0 ? undefined : at + 1,
    unjudged: first.slice(0, WITHOUT_SCROLLING).filter((id) => !about.has(id)).length,
  }
}

export function relevanceOf(measured: readonly MeasuredSearch[]): Relevance {
  const known = measured.filter(({ answers }) => answers > 0)
  const mean = (of: (place: number) => number) =>
    known.length === 0
      ? 0
      : known.reduce((sum, { place }) => sum + (place === undefined ? 0 : of(place)), 0) / known.length
  return {
    searches: known.length,
    mrr: mean((place) => 1 / place),
    top1: mean((place) => Number(place === 1)),
    top3: mean((place) => Number(place <= 3)),
  }
}
