import type { SparseIndex } from '../../../text/sparse-index/sparse-index.ts'
import { fold } from '../../../text/terms/fold.ts'
import { stemLanguage, type TermAnalyser } from '../../../text/terms/terms.ts'
import { frequencyOf } from '../bm25f.ts'
import { FIELDS } from '../document.ts'
import type { DocumentTable } from '../document-table.ts'
import type { Conditions, Phrase } from './read-query.ts'
import { findSequence, type Sequence, sequencesOf, TEXT_END } from './word-codes.ts'
import type { WordStore } from './word-store.ts'

/** What conditions are checked against. */
export interface ConditionDeps {
  readonly analyser: TermAnalyser
  readonly index: Pick<SparseIndex, 'runs' | 'documents'>
  readonly table: Pick<DocumentTable, 'columns' | 'names'>
  readonly words: Pick<WordStore, 'of'>
}

/** How a document's words are read: each of its languages has its own terms. */
const READINGS = ['fr', 'en', 'und'] as const
const TITLE = FIELDS.indexOf('title')

/**
 * Brings those of `docs[0 … count)` to the front that hold what is to be held, in one of the languages asked for, and
 * returns how many they are.
 */
export function keepHolding(
  deps: ConditionDeps,
  { holds, languages }: Conditions,
  docs: Uint32Array,
  count: number,
): number {
  let kept = count
  if (languages.length > 0) kept = keep(docs, kept, namedBy(deps, 'language', languages, primaryOf))
  for (const phrase of holds) kept = keep(docs, kept, holdersOf(deps, phrase))
  return kept
}

/** As {@link keepHolding}: those that nothing takes away. */
export function keepWithout(
  deps: ConditionDeps,
  { lacks, sources, withoutSources, withoutLanguages }: Conditions,
  docs: Uint32Array,
  count: number,
): number {
  let kept = count
  if (sources.length > 0) kept = keep(docs, kept, namedBy(deps, 'source', sources, fold))
  if (withoutSources.length > 0) kept = keep(docs, kept, not(namedBy(deps, 'source', withoutSources, fold)))
  if (withoutLanguages.length > 0)
    kept = keep(docs, kept, not(namedBy(deps, 'language', withoutLanguages, primaryOf)))
  for (const phrase of lacks) kept = keep(docs, kept, not(holdersOf(deps, phrase)))
  return kept
}

type Predicate = (doc: number) => boolean

function not(predicate: Predicate): Predicate {
  return (doc) => !predicate(doc)
}

function keep(docs: Uint32Array, count: number, isWanted: Predicate): number {
  let kept = 0
  for (let i = 0; i < count; i++) {
    const doc = docs[i]!
    if (!isWanted(doc)) continue
    docs[i] = docs[kept]!
    docs[kept++] = doc
  }
  return kept
}

function primaryOf(language: string): string {
  return language.toLowerCase().split(/[-_]/, 1)[0] ?? ''
}

/** Whether a document's name in a column is one of these, as `read` makes them comparable. */
function namedBy(
  { table }: ConditionDeps,
  column: 'source' | 'language',
  wanted: readonly string[],
  read: (name: string) => string,
): Predicate {
  const codes = table.columns[column]
  const isWanted = table.names[column].all().map((name) => name !== '' && wanted.includes(read(name)))
  return (doc) => isWanted[codes[doc]!] === true
}

/** Whether a document holds a phrase. The postings of its words leave few documents whose words are gone through. */
function holdersOf(deps: ConditionDeps, { words: phrase, inTitle }: Phrase): Predicate {
  const { analyser, table, words } = deps
  const readings = READINGS.map((language) => sequencesOf(analyser, phrase, language))
  const readingOf = table.names.language
    .all()
    .map((name) => readings[READINGS.indexOf(stemLanguage(name) ?? 'und')] ?? [])
  const languages = table.columns.language
  const steps = (readings[0] ?? []).map((_, form) =>
    markHolders(
      deps,
      readings.map((sequences) => sequences[form]!),
      inTitle,
    ),
  )
  return (doc) =>
    steps.some(({ marks, complete, isCertain }, form) => {
      if (marks[doc] !== complete) return false
      if (isCertain) return true
      const { codes } = readingOf[languages[doc]!]![form]!
      const held = words.of(doc)
      const within = inTitle ? held.subarray(0, held.indexOf(TEXT_END)) : held
      return findSequence(within, codes, 0) !== undefined
    })
}

/** Marks each document with how many words of a phrase it holds, as long as it held those before. */
function markHolders({ index }: ConditionDeps, readings: readonly Sequence[], inTitle: boolean) {
  const marks = new Uint8Array(index.documents)
  const { length } = readings[0]?.words ?? []
  let complete = 0
  for (let at = 0; at < length; at++) {
    const terms = readings.map((sequence) => sequence.terms[at]!)
    // A stop word of one language has no postings in it.
    if (terms.some((each) => each.length === 0)) continue
    for (const term of new Set(terms.flat()))
      for (const { docs, payloads, from, to } of index.runs(term))
        for (let i = from; i < to; i++) {
          const doc = docs[i]!
          if (marks[doc] === complete && (!inTitle || frequencyOf(payloads[i]!, TITLE) > 0))
            marks[doc] = complete + 1
        }
    complete++
  }
  const [first, ...others] = readings.map(({ terms }) => terms[0]?.join('/'))
  const isCertain = length === 1 && complete === 1 && others.every((each) => each === first)
  return { marks, complete, isCertain }
}
