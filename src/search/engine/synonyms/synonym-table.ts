import { fold } from '../../../text/terms/fold.ts'
import type { StemLanguage } from '../../../text/terms/stems.ts'
import type { TermAnalyser, Terms } from '../../../text/terms/terms.ts'
import { stemsOf } from './stems-of.ts'
import { outerWords, partsOf } from './word-sequences.ts'

/** A word or a phrase of several, as somebody wrote it; in both languages where none is given. */
export interface SynonymWord {
  readonly text: string
  readonly language?: StemLanguage
}

/** Words that stand for each other; or, with `alsoFinds`, words that find others which do not find them. */
export interface SynonymEntry {
  readonly words: readonly SynonymWord[]
  readonly alsoFinds?: readonly SynonymWord[]
}

/** What stands for a word: the words of a phrase, all of which a document must hold, each with its terms. */
export type Synonym = readonly Terms[]

/** A word asked for, by its stem in each language in which it may be read. */
export type Stems = Readonly<Partial<Record<StemLanguage, string>>>

/** Words of a query that stand in the table: `words[from … to)`. */
export interface FoundWords {
  readonly from: number
  readonly to: number
  /** None of a word that others lead to, but that leads to none. */
  readonly synonyms: readonly Synonym[]
}

/** What a search looks for beside the words it was asked for. */
export interface Synonyms {
  readonly size: number
  /** @param readings the languages in which the query is read */
  find(words: readonly Stems[], readings: readonly StemLanguage[]): readonly FoundWords[]
}

/** An entry whose words have been read, which is what takes time. */
export interface ReadEntry {
  readonly words: readonly ReadWord[]
  readonly alsoFinds?: readonly ReadWord[]
  /** The language of all words, where it is the same: then a query in another does not find them. */
  readonly language?: StemLanguage
}

interface ReadWord {
  readonly keys: readonly { readonly language: StemLanguage; readonly stems: Terms }[]
  readonly target: Synonym
}

export interface SynonymTable extends Synonyms {
  put(id: number, entry: ReadEntry): void
  remove(id: number): void
  /** The table as it would be without some entries, and with others. */
  changed(without: ReadonlySet<number>, more: readonly ReadEntry[]): Synonyms
}

/** A place in the tree of stems. */
interface Node {
  readonly next: Map<string, Node>
  readonly hits: { readonly id: number; readonly word: ReadWord }[]
}

const LANGUAGES: readonly StemLanguage[] = ['fr', 'en']

/** Reads the words of an entry as queries and documents are read. */
export function readEntry(analyser: TermAnalyser, { words, alsoFinds }: SynonymEntry): ReadEntry {
  const all = [...words, ...(alsoFinds ?? [])]
  const [first] = all
  const isOneLanguage = all.every(({ language }) => language === first?.language)
  return {
    words: words.map((word) => readWord(analyser, word)),
    alsoFinds: alsoFinds?.map((word) => readWord(analyser, word)),
    language: isOneLanguage ? first?.language : undefined,
  }
}

function readWord(analyser: TermAnalyser, { text, language }: SynonymWord): ReadWord {
  const outer = outerWords(text)
  const sequences = [outer, partsOf(text)].filter(
    (sequence, at) => at === 0 || (sequence.length > outer.length && isWhole(sequence, outer)),
  )
  return {
    keys: (language === undefined ? LANGUAGES : [language]).flatMap((each) =>
      sequences.map((sequence) => ({
        language: each,
        stems: sequence.map((word) => stemsOf(word)[each]),
      })),
    ),
    // Documents hold no stop words.
    target: outer.map((word) => analyser.terms(word, language ?? 'und')).filter(({ length }) => length > 0),
  }
}

/** Whether the parts of compounds have all their letters: `carte-sim` is `carte sim`, but `e-mail` is not `mail`. */
function isWhole(parts: readonly string[], outer: readonly string[]): boolean {
  const letters = (words: readonly string[]) => words.map(fold).join('')
  return letters(parts) === letters(outer)
}

/** Entries by number, found by the stems of their words. An entry leads one step: what it finds finds nothing more. */
export function createSynonymTable(): SynonymTable {
  const roots: Record<StemLanguage, Node> = { fr: emptyNode(), en: emptyNode() }
  const entries = new Map<number, ReadEntry>()

  function put(id: number, entry: ReadEntry): void {
    remove(id)
    entries.set(id, entry)
    visitKeys(entry, (word, language, stems) => {
      let node = roots[language]
      for (const each of stems) {
        const next = node.next.get(each) ?? emptyNode()
        node.next.set(each, next)
        node = next
      }
      node.hits.push({ id, word })
    })
  }

  function remove(id: number): void {
    const entry = entries.get(id)
    if (entry === undefined) return
    entries.delete(id)
    visitKeys(entry, (_, language, stems) => prune(roots[language], stems, 0, id))
  }

  function find(
    words: readonly Stems[],
    readings: readonly StemLanguage[],
    without?: ReadonlySet<number>,
  ): FoundWords[] {
    const found: FoundWords[] = []
    for (let from = 0; from < words.length; from++)
      for (const language of LANGUAGES) {
        let node: Node | undefined = roots[language]
        for (let to = from; to < words.length && node !== undefined; to++) {
          const asked: string | undefined = words[to]![language]
          node = asked === undefined ? undefined : node.next.get(asked)
          for (const { id, word } of node?.hits ?? []) {
            const entry = entries.get(id)!
            const isForeign = entry.language !== undefined && !readings.includes(entry.language)
            if (isForeign || without?.has(id)) continue
            found.push({ from, to: to + 1, synonyms: synonymsOf(entry, word) })
          }
        }
      }
    return found
  }

  return {
    get size() {
      return entries.size
    },
    put,
    remove,
    find,
    changed(without, more) {
      const added = createSynonymTable()
      for (const [at, entry] of more.entries()) added.put(at, entry)
      return {
        size: entries.size - without.size + more.length,
        find: (words, readings) => [...find(words, readings, without), ...added.find(words, readings)],
      }
    },
  }
}

function emptyNode(): Node {
  return { next: new Map(), hits: [] }
}

function visitKeys(
  { words, alsoFinds = [] }: ReadEntry,
  visit: (word: ReadWord, language: StemLanguage, stems: Terms) => void,
): void {
  for (const word of [...words, ...alsoFinds])
    for (const { language, stems } of word.keys) if (stems.length > 0) visit(word, language, stems)
}

function synonymsOf({ words, alsoFinds }: ReadEntry, asked: ReadWord): Synonym[] {
  const others = alsoFinds === undefined ? words : words.includes(asked) ? alsoFinds : []
  return others.flatMap((word) => (word === asked || word.target.length === 0 ? [] : [word.target]))
}

/** Takes an entry's hits from where the stems lead, and the nodes that then lead nowhere. */
function prune(node: Node, stems: Terms, at: number, id: number): void {
  if (at === stems.length) {
    const kept = node.hits.filter((hit) => hit.id !== id)
    node.hits.splice(0, node.hits.length, ...kept)
    return
  }
  const key = stems[at]!
  const next = node.next.get(key)
  if (next === undefined) return
  prune(next, stems, at + 1, id)
  if (next.hits.length === 0 && next.next.size === 0) node.next.delete(key)
}
