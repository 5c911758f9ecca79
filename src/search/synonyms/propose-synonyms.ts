import type { Audience } from '../../access/audience.ts'
import type { Database } from '../../platform/database/database.ts'
import { duplicateTitles } from '../../threads/duplicate-titles.ts'
import type { DocumentStore } from '../document-store.ts'
import { translatedTitles } from '../document-titles.ts'
import { sequencesOf } from '../engine/synonyms/expand-query.ts'
import type { SynonymTable, SynonymWord } from '../engine/synonyms/synonym-table.ts'
import { solvingPairs } from '../log/solving-pairs.ts'
import { type Association, associateWords, type PairedTitle, type TitlePair } from './associate-words.ts'
import type { CurrentSynonyms } from './synonym-lists.ts'
import type { SynonymStore } from './synonym-store.ts'
import { checkEntry, keyOf } from './synonym-text.ts'

/** Where proposed words come from. */
export const ORIGINS = ['duplicates', 'translations', 'searches'] as const
export type Origin = (typeof ORIGINS)[number]

export interface SynonymProposal {
  readonly origin: Origin
  readonly words: readonly SynonymWord[]
  /** Pairs of titles or searches that exchange the words, and some of them. */
  readonly pairs: number
  readonly examples: readonly { readonly titles: readonly PairedTitle[] }[]
}

export interface ProposalDeps {
  readonly db: Database
  readonly documents: Pick<DocumentStore, 'sourcesVisibleTo' | 'locked'>
  readonly synonyms: CurrentSynonyms
  readonly store: Pick<SynonymStore, 'declined'>
}

const MOST_PAIRS = 5_000
const MOST_PROPOSALS = 50
const EXAMPLES = 3

/**
 * Words that may stand for each other, from titles of threads that ask the same, from titles of articles and their
 * translations, and from searches that the same article solved: only those that the reader may see. Nothing is stored but what was declined.
 */
export async function proposeSynonyms(
  { db, documents, synonyms, store }: ProposalDeps,
  reader: Audience,
): Promise<SynonymProposal[]> {
  const counters = await db.counters()
  const { table } = await synonyms.current(counters)
  const declined = await store.declined()
  const translated = await translatedTitles({ db, documents }, reader, MOST_PAIRS, counters)
  const duplicates = await duplicateTitles(db, reader, MOST_PAIRS)
  const solved = await solvingPairs({ db, documents }, reader, MOST_PAIRS, counters)
  const pairs: Record<Origin, TitlePair[]> = {
    translations: translated.map((titles) => ({ titles })),
    searches: solved.map(([one, other]) => ({
      titles: [
        { ...one, title: one.text },
        { ...other, title: other.text },
      ],
    })),
    duplicates: duplicates.map((each) => ({
      titles: [
        { id: each.id, title: each.title, language: each.language },
        { id: each.otherId, title: each.otherTitle, language: each.otherLanguage },
      ],
    })),
  }
  const proposals: (Association & { readonly origin: Origin })[] = []
  for (const origin of ORIGINS)
    for (const association of await associateWords(pairs[origin])) proposals.push({ origin, ...association })
  return proposals
    .filter((each) => isNew(each, table, declined))
    .sort((a, b) => b.pairs.length * b.share - a.pairs.length * a.share)
    .slice(0, MOST_PROPOSALS)
    .map(({ origin, words, pairs: of }) => ({
      origin,
      words,
      pairs: of.length,
      examples: of.slice(0, EXAMPLES).map(({ titles: [one, other] }) => ({ titles: [one, other] })),
    }))
}

/** Whether neither leads to the other yet, and nobody declined them. */
function isNew({ words }: Association, table: SynonymTable, declined: ReadonlySet<string>): boolean {
  const [one, other] = words
  const leads = (from: SynonymWord, to: SynonymWord) => {
    const [sequence = []] = sequencesOf(from.text)
    const found = table.find(
      sequence.map(({ stems }) => stems),
      ['fr', 'en'],
    )
    const wanted = sequencesOf(to.text)[0]?.map(({ stems }) => Object.values(stems)) ?? []
    return found.some(({ synonyms }) =>
      synonyms.some(
        (words) =>
          words.length === wanted.length &&
          words.every((terms, at) => terms.some((term) => wanted[at]!.includes(term))),
      ),
    )
  }
  return !leads(one, other) && !leads(other, one) && !declined.has(keyOf(checkEntry({ words }, 1)))
}
