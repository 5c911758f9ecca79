import type { Audience } from '../../access/audience.ts'
import { openness, type SearchDocument } from '../engine/document.ts'
import { createNames } from '../engine/document-table.ts'
import { createSequences, type Sequences } from './sequences.ts'
import { createVocabulary, GAP, type Vocabulary } from './vocabulary.ts'
import { writtenWords } from './written-words.ts'

/** What of a document is suggested. */
export type TitledDocument = Pick<
  SearchDocument,
  'id' | 'kind' | 'language' | 'audience' | 'title' | 'source'
>

/** Who reads, and what they may not see although their audience may. */
export interface TitleReader {
  readonly audience: Audience
  /** Names of the sources whose threads they may see now. */
  readonly visibleSources: readonly string[]
  /** Ids that they must not find now. */
  readonly without: ReadonlySet<string>
}

/** The titles as one reader sees them now: what they may not see is neither shown nor counted. */
export interface TitleView {
  /** A document that the reader may see. */
  find(id: string): TitledDocument | undefined
  /** The words of titles in a language; in each language if absent. */
  words(language?: string): readonly VisibleWords[]
}

/** The words of the titles in one language, as a reader sees them. */
export interface VisibleWords {
  readonly language: string
  readonly vocabulary: Vocabulary
  /** Documents that have the word. */
  count(word: number): number
  sees(slot: number): boolean
  /** The words of titles, one title after the other, each word in its order; `GAP` where two do not follow one another. */
  readonly sequences: Sequences
}

export interface TitleIndex {
  readonly size: number
  /** Adds a document, or replaces the one with its id. */
  put(document: TitledDocument): void
  remove(id: string): void
  has(id: string): boolean
  clear(): void
  /** What a reader sees until the next change. */
  view(reader: TitleReader): TitleView
}

/** Characters of a title that are read. */
const LONGEST_TITLE = 300
/** Openness of a place that no document has. */
const NOBODY = -1
/** The source of articles, which all may see that their audience lets. */
const NO_SOURCE = 0

/**
 * The titles of all documents, in this process's memory, with their words in each language. A change costs some
 * microseconds, and so does a view of it, unless much is hidden from readers of its audience.
 */
export function createTitleIndex(): TitleIndex {
  const slots = new Map<string, number>()
  const documents: (TitledDocument | undefined)[] = []
  const sequences = createSequences()
  /** Places that may be taken again, by language: what lists a place by its words knows those of one language. */
  const free = new Map<string, number[]>()
  let levels = new Int8Array(1024).fill(NOBODY)
  let sources = new Uint32Array(1024)
  const sourceNames = createNames(['an article'])
  const vocabularies = new Map<string, Vocabulary>()
  const views = new Map<
    Audience,
    { readonly reader: TitleReader; readonly at: number; readonly view: TitleView }
  >()
  let changes = 0

  function vocabularyOf(language: string): Vocabulary {
    const vocabulary =
      vocabularies.get(language) ?? createVocabulary((slot, word) => sequences.of(slot).includes(word))
    vocabularies.set(language, vocabulary)
    return vocabulary
  }

  function write(slot: number, document: TitledDocument): void {
    if (slot >= levels.length) {
      const more = new Int8Array(slot * 2).fill(NOBODY)
      more.set(levels)
      levels = more
      const others = new Uint32Array(slot * 2)
      others.set(sources)
      sources = others
    }
    documents[slot] = document
    levels[slot] = openness(document.audience)
    sources[slot] = document.kind === 'article' ? NO_SOURCE : sourceNames.codeOf(`source ${document.source}`)
  }

  function empty(slot: number): void {
    const { id, language } = documents[slot]!
    const words = distinct(sequences.of(slot))
    sequences.remove(slot)
    vocabularyOf(language).remove(levels[slot]!, words)
    documents[slot] = undefined
    levels[slot] = NOBODY
    slots.delete(id)
    const places = free.get(language)
    if (places === undefined) free.set(language, [slot])
    else places.push(slot)
  }

  function makeView({ audience, visibleSources, without }: TitleReader): TitleView {
    const floor = openness(audience)
    const readable = new Uint8Array(sourceNames.all().length)
    readable[NO_SOURCE] = 1
    for (const name of visibleSources) {
      const code = sourceNames.find(`source ${name}`)
      if (code !== undefined) readable[code] = 1
    }
    const locked = new Set([...without].flatMap((id) => slots.get(id) ?? []))
    const sees = (slot: number) =>
      levels[slot]! >= floor && readable[sources[slot]!] === 1 && !locked.has(slot)
    const hidden = hiddenFrom(floor, sees)
    const all = new Map<string, VisibleWords>()
    for (const [language, vocabulary] of vocabularies) {
      const taken = hidden.get(language)
      all.set(language, {
        language,
        vocabulary,
        count: (word) => vocabulary.count(word, floor) - (taken?.[word] ?? 0),
        sees,
        sequences,
      })
    }
    return {
      find(id) {
        const slot = slots.get(id)
        return slot !== undefined && sees(slot) ? documents[slot] : undefined
      },
      words: (language) =>
        language === undefined ? [...all.values()] : [all.get(language)].filter((each) => each !== undefined),
    }
  }

  /**
   * How often words stand in titles that the reader may not see although their audience in the index is wide enough, by
   * language: of a source that was closed or a thread that was locked a moment ago.
   */
  function hiddenFrom(floor: number, sees: (slot: number) => boolean): Map<string, Uint32Array> {
    const hidden = new Map<string, Uint32Array>()
    for (let slot = 0; slot < documents.length; slot++) {
      if (levels[slot]! < floor || sees(slot)) continue
      const { language } = documents[slot]!
      const counts = hidden.get(language) ?? new Uint32Array(vocabularyOf(language).size)
      hidden.set(language, counts)
      for (const word of distinct(sequences.of(slot))) counts[word]!++
    }
    return hidden
  }

  return {
    get size() {
      return slots.size
    },
    put({ id, kind, language, audience, title, source }) {
      const vocabulary = vocabularyOf(language)
      const sequence = sequenceOf(vocabulary, title)
      const before = slots.get(id)
      const slot = free.get(language)?.pop() ?? documents.length
      sequences.set(slot, sequence)
      vocabulary.add(slot, openness(audience), distinct(sequence))
      // Once its words are counted anew, so that those which stay are not forgotten meanwhile.
      if (before !== undefined) empty(before)
      write(slot, { id, kind, language, audience, title, source })
      slots.set(id, slot)
      changes++
    },
    remove(id) {
      const slot = slots.get(id)
      if (slot === undefined) return
      empty(slot)
      changes++
    },
    has: (id) => slots.has(id),
    clear() {
      slots.clear()
      vocabularies.clear()
      documents.length = 0
      free.clear()
      sequences.clear()
      levels.fill(NOBODY)
      changes++
    },
    view(reader) {
      const kept = views.get(reader.audience)
      if (
        kept?.at === changes &&
        kept.reader.visibleSources === reader.visibleSources &&
        kept.reader.without === reader.without
      )
        return kept.view
      const view = makeView(reader)
      views.set(reader.audience, { reader, at: changes, view })
      return view
    },
  }
}

function sequenceOf(vocabulary: Vocabulary, title: string): number[] {
  const sequence: number[] = []
  for (const { text, elision, follows } of writtenWords(title.slice(0, LONGEST_TITLE))) {
    if (!follows && sequence.length > 0) sequence.push(GAP)
    if (elision !== '') sequence.push(vocabulary.numberOf(elision))
    sequence.push(vocabulary.numberOf(text))
  }
  return sequence
}

function distinct(sequence: Iterable<number>): Set<number> {
  const words = new Set(sequence)
  words.delete(GAP)
  return words
}
