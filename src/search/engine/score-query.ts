import type { PostingRun, SparseIndex } from '../../text/sparse-index/sparse-index.ts'
import type { Terms } from '../../text/terms/terms.ts'
import type { QueryGroup, UnfinishedWord, WeightedTerm } from './analyse-query.ts'
import {
  type Bm25fParameters,
  type CollectionSize,
  fieldNorms,
  inverseDocumentFrequency,
  normalisedFrequency,
} from './bm25f.ts'
import type { Columns } from './document-table.ts'
import { createPhrase, narrowPhrase, takePhrase, type View } from './synonyms/phrase.ts'
import type { Synonym } from './synonyms/synonym-table.ts'

/** Accumulators, kept between queries so that a query allocates next to nothing. */
interface Scores {
  /** By document number; 0 for those no word matched. */
  readonly scores: Float64Array
  /** The documents matched, `matched[0 … count)`. */
  readonly matched: Uint32Array
  count: number
  /** Of each group: how much it says that a document holds it (its inverse document frequency). */
  readonly weights: readonly number[]
}

/** The documents that a reader may see. */
export interface SeenDocuments {
  readonly size: number
  /** How many of them hold a term. */
  frequency(term: string): number
  /** Whether one of them does. */
  knows(term: string): boolean
}

export interface Scorer {
  /** Documents of that openness or more that hold the term. */
  frequency(term: string, openness: number): number
  /** Whether there is one. */
  isKnown(term: string, openness: number): boolean
  /**
   * Scores every document the reader may see against all groups (exhaustive OR). What is returned is overwritten by
   * the next call, and must be handed back through `clear`.
   */
  score(groups: readonly QueryGroup[], reader: Reader): Scores
  clear(): void
}

interface Reader {
  /** Documents below are neither scored nor counted; nor do they weigh in anyone's score. */
  readonly openness: number
  readonly collection: CollectionSize
}

const NO_SLOT = 0xffffffff
/** What a word counts for that stands for the one asked for: less than a word typed in part, or wrong. */
const SYNONYM_WEIGHT = 0.6

/** Room for one group's documents and their normalised frequencies, while its document frequency is unknown. */
interface Group {
  readonly docs: Uint32Array
  readonly frequencies: Float64Array
}

export function createScorer(
  index: SparseIndex,
  columnsOf: () => Columns,
  parameters: Bm25fParameters,
): Scorer {
  let room = allocate(0)
  let phrase = createPhrase(0)
  let count = 0

  /** Documents the reader may see that hold the term. */
  function visibleFrequency(term: string, floor: number): number {
    const { openness } = columnsOf()
    let visible = 0
    for (const { docs, from, to } of index.runs(term)) {
      for (let i = from; i < to; i++) if (openness[docs[i]!]! >= floor) visible++
    }
    return visible
  }

  function isKnown(term: string, floor: number): boolean {
    const { openness } = columnsOf()
    for (const { docs, from, to } of index.runs(term)) {
      for (let i = from; i < to; i++) if (openness[docs[i]!]! >= floor) return true
    }
    return false
  }

  function termsOf(group: QueryGroup, view: View): WeightedTerm[] {
    const terms = group.terms.map((term): WeightedTerm => ({ term, weight: 1 }))
    if (group.corrections !== undefined) return [...terms, ...group.corrections]
    if (!group.unfinished) return terms
    const expansions = expandWord(index, group.unfinished, (term) => visibleFrequency(term, view.floor))
    return [...terms, ...expansions.filter(({ term }) => !group.terms.includes(term))]
  }

  /** Fills `room.group` with the documents of any of the terms or synonyms and returns how many they are. */
  function collectGroup(terms: readonly WeightedTerm[], synonyms: readonly Synonym[], view: View): number {
    let size = 0
    const [only, ...others] = terms
    if (only && others.length === 0 && synonyms.length === 0) {
      for (const run of index.runs(only.term)) size = collect(run, view, room.group, size)
      return size
    }
    for (const { term, weight } of terms) {
      for (const run of index.runs(term)) size = collectBest(run, weight, view, room.group, room.slots, size)
    }
    for (const words of synonyms) {
      const [word = [], ...more] = words
      if (more.length > 0) size = collectPhrase(words, view, size)
      else
        for (const term of word)
          for (const run of index.runs(term))
            size = collectBest(run, SYNONYM_WEIGHT, view, room.group, room.slots, size)
    }
    for (let i = 0; i < size; i++) room.slots[room.group.docs[i]!] = NO_SLOT
    return size
  }

  /** Collects the documents that hold all words of a phrase: as often as the rarest of them. */
  function collectPhrase(words: Synonym, view: View, size: number): number {
    if (phrase.words.length < room.scores.length) phrase = createPhrase(room.scores.length)
    const postings = (terms: Terms) =>
      terms.reduce((sum, term) => sum + index.runs(term).reduce((all, { from, to }) => all + to - from, 0), 0)
    const rarestFirst = words.map((terms) => ({ terms, postings: postings(terms) }))
    rarestFirst.sort((a, b) => a.postings - b.postings)
    rarestFirst.forEach(({ terms }, at) => {
      for (const term of terms) for (const run of index.runs(term)) narrowPhrase(run, at, view, phrase)
    })
    let all = size
    takePhrase(phrase, words.length, (doc, frequency) => {
      all = addBest(doc, SYNONYM_WEIGHT * frequency, room.group, room.slots, all)
    })
    return all
  }

  return {
    frequency: visibleFrequency,
    isKnown,
    score(groups, reader) {
      if (index.documents > room.scores.length) room = allocate(index.documents + (index.documents >> 1))
      const view = { ...columnsOf(), ...fieldNorms(parameters, reader.collection), floor: reader.openness }
      count = 0
      const weights: number[] = []
      for (const group of groups) {
        const size = collectGroup(termsOf(group, view), group.synonyms ?? [], view)
        const idf = inverseDocumentFrequency(reader.collection.documents, size)
        weights.push(idf)
        count = addGroup(room.group, size, idf, parameters.k1, room.scores, room.matched, count)
      }
      return { scores: room.scores, matched: room.matched, count, weights }
    },
    clear() {
      for (let i = 0; i < count; i++) room.scores[room.matched[i]!] = 0
      count = 0
    },
  }
}

function allocate(documents: number) {
  return {
    scores: new Float64Array(documents),
    matched: new Uint32Array(documents),
    slots: new Uint32Array(documents).fill(NO_SLOT),
    group: { docs: new Uint32Array(documents), frequencies: new Float64Array(documents) },
  }
}

// The loops below see every posting of a query. They stand apart and take all they touch as arguments, because the
// compiler keeps locals in registers and not what a closure shares.

/** Collects a term that is its group's only one: each document comes once. Returns the group's new size. */
function collect({ docs, payloads, from, to }: PostingRun, view: View, group: Group, size: number): number {
  const { openness, lengths, constant, slope, floor } = view
  const { docs: outDocs, frequencies } = group
  for (let i = from; i < to; i++) {
    const doc = docs[i]!
    if (openness[doc]! < floor) continue
    outDocs[size] = doc
    frequencies[size++] = normalisedFrequency(payloads[i]!, doc, lengths, constant, slope)
  }
  return size
}

/** Collects one of several readings of a word: a document keeps its best. Returns the group's new size. */
function collectBest(
  { docs, payloads, from, to }: PostingRun,
  weight: number,
  view: View,
  group: Group,
  slots: Uint32Array,
  size: number,
): number {
  const { openness, lengths, constant, slope, floor } = view
  const { docs: outDocs, frequencies } = group
  for (let i = from; i < to; i++) {
    const doc = docs[i]!
    if (openness[doc]! < floor) continue
    const frequency = weight * normalisedFrequency(payloads[i]!, doc, lengths, constant, slope)
    const slot = slots[doc]!
    if (slot === NO_SLOT) {
      slots[doc] = size
      outDocs[size] = doc
      frequencies[size++] = frequency
    } else if (frequency > frequencies[slot]!) frequencies[slot] = frequency
  }
  return size
}

/** Adds one document, as `collectBest` does. */
function addBest(doc: number, frequency: number, group: Group, slots: Uint32Array, size: number): number {
  const slot = slots[doc]!
  if (slot !== NO_SLOT) {
    if (frequency > group.frequencies[slot]!) group.frequencies[slot] = frequency
    return size
  }
  slots[doc] = size
  group.docs[size] = doc
  group.frequencies[size] = frequency
  return size + 1
}

/** Adds a group's share to its documents' scores. Returns how many documents have matched so far. */
function addGroup(
  { docs, frequencies }: Group,
  size: number,
  idf: number,
  k1: number,
  scores: Float64Array,
  matched: Uint32Array,
  count: number,
): number {
  const factor = idf * (k1 + 1)
  for (let i = 0; i < size; i++) {
    const doc = docs[i]!
    const frequency = frequencies[i]!
    const before = scores[doc]!
    if (before === 0) matched[count++] = doc
    scores[doc] = before + (factor * frequency) / (k1 + frequency)
  }
  return count
}

/** Terms that an unfinished word may become: more add nothing that a reader would see. */
const MOST_EXPANSIONS = 32
const EXPANSION_WEIGHT = 0.7

/**
 * What a word that is still being typed may become: stems it has outgrown, and the most frequent terms that start with
 * it.
 *
 * @param frequency documents the reader may see that hold a term: what he may not see does not steer the choice
 */
export function expandWord(
  index: SparseIndex,
  { prefix, stems }: UnfinishedWord,
  frequency: (term: string) => number,
): WeightedTerm[] {
  const candidates = index.termsWithPrefix(prefix).sort((a, b) => b.postings - a.postings)
  let best: { term: string; frequency: number }[] = []
  for (const { term, postings } of candidates) {
    // Counting is the costly part; nobody further down can be more frequent than that.
    if (best.length === MOST_EXPANSIONS && postings < best[MOST_EXPANSIONS - 1]!.frequency) break
    best.push({ term, frequency: frequency(term) })
    best.sort((a, b) => b.frequency - a.frequency || (a.term < b.term ? -1 : 1))
    best = best.slice(0, MOST_EXPANSIONS)
  }
  const longer = best.filter((candidate) => candidate.frequency > 0).map(({ term }) => term)
  return [...longer, ...stems].map((term) => ({ term, weight: EXPANSION_WEIGHT }))
}
