import { flatten } from './flatten.ts'
import { type Piece, withSentences } from './pieces.ts'
import type { Sentence } from './sentences.ts'

/** Fewer words say too little to be the same on purpose. */
const FEWEST_WORDS = 4
const SAME = 0.8
/** Sentences compared of one answer; hostile ones have more. */
const MOST_COMPARED = 200
const WORD = /[\p{L}\p{N}]{2,}/gu
const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/

interface Unit {
  readonly piece: Piece
  readonly sentence?: Sentence
  readonly words: ReadonlySet<string>
}

/**
 * Joins what several answers say alike: of two sentences that say the same, the fuller one stays where the first was,
 * and its passage cites both posts.
 */
export function joinDuplicates(answers: readonly (readonly Piece[])[]): Piece[][] {
  const known: Unit[] = []
  const replaced = new Map<Sentence, Sentence>()
  const dropped = new Set<Sentence | Piece>()
  const cites = new Map<Piece, string[]>()
  for (const pieces of answers) {
    const units = unitsOf(pieces)
    for (const unit of units) {
      const same = known.find((each) => areAlike(each.words, unit.words))
      if (same === undefined) continue
      if (unit.sentence !== undefined) dropped.add(unit.sentence)
      else if (same.sentence === undefined && unit.piece.raw === same.piece.raw) dropped.add(unit.piece)
      else continue
      cites.set(same.piece, [...(cites.get(same.piece) ?? []), ...unit.piece.postIds])
      if (same.sentence !== undefined && unit.sentence !== undefined && unit.words.size > same.words.size)
        replaced.set(same.sentence, unit.sentence)
    }
    known.push(...units)
  }
  return answers.map((pieces) =>
    pieces.flatMap((piece) => {
      if (dropped.has(piece)) return []
      const postIds = [...new Set([...piece.postIds, ...(cites.get(piece) ?? [])])]
      if (!piece.sentences.some((each) => dropped.has(each) || replaced.has(each)))
        return postIds.length === piece.postIds.length ? [piece] : [{ ...piece, postIds }]
      const sentences = piece.sentences.flatMap((each) => {
        if (dropped.has(each)) return []
        const fuller = replaced.get(each)
        return [fuller === undefined ? each : { text: fuller.text, gap: each.gap }]
      })
      return withSentences({ ...piece, postIds }, sentences) ?? []
    }),
  )
}

function unitsOf(pieces: readonly Piece[]): Unit[] {
  return pieces
    .flatMap((piece): Unit[] => {
      if (piece.kind === 'prose')
        return piece.sentences
          .slice(0, MOST_COMPARED)
          .map((sentence) => ({ piece, sentence, words: wordsIn(sentence.text) }))
      if (piece.kind !== 'list') return [{ piece, words: wordsIn(piece.raw.slice(0, 2000)) }]
      const items = piece.raw.slice(0, 8000).split('\n')
      return [
        { piece, words: wordsIn(piece.raw.slice(0, 2000)) },
        ...items.map((item) => ({ piece, words: wordsIn(item.replace(ITEM, '')) })),
      ]
    })
    .slice(0, MOST_COMPARED)
}

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(flatten(text.slice(0, 2000)).match(WORD) ?? [])
}

/** Words that turn a sentence into its opposite, flattened. */
const NEGATIONS = [
  'not',
  'don',
  'doesn',
  'isn',
  'won',
  'can',
  'cannot',
  'never',
  'without',
  'pas',
  'ne',
  'jamais',
  'sans',
]

/** Of some sentences, those that none of `known` says already. */
export function unsaid(sentences: readonly Sentence[], known: readonly Piece[]): Sentence[] {
  const said = known.flatMap((piece) => unitsOf([piece])).slice(0, MOST_COMPARED)
  return sentences
    .slice(0, MOST_COMPARED)
    .filter(({ text }) => !said.some(({ words }) => areAlike(words, wordsIn(text))))
}

/** Whether the smaller set is nearly contained in the other, with all its numbers and with the same negations. */
function areAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  if (small.size < FEWEST_WORDS || large.size > small.size * 3) return false
  let common = 0
  for (const word of small) {
    if (large.has(word)) common += 1
    else if (/\d/.test(word)) return false
  }
  if (NEGATIONS.some((word) => a.has(word) !== b.has(word))) return false
  return common / small.size >= SAME
}
