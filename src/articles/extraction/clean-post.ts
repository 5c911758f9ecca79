import {
  bare,
  capitalised,
  isCourtesy,
  withoutEdit,
  withoutFiller,
  withoutGreeting,
  withoutTrailingPlea,
  withoutVocative,
} from './courtesy.ts'
import { flatten } from './flatten.ts'
import { type Piece, piecesOf, withSentences } from './pieces.ts'
import type { Sentence } from './sentences.ts'
import { withoutSignature } from './signature.ts'
import { isStep } from './steps.ts'
import type { DraftWords } from './words.ts'

/** A block with more sentences is no prose of a person, and stays as written. */
const MOST_SENTENCES = 2000
/** A longer sentence says something besides. */
const LONGEST_PERSONAL = 110

export interface Cleaning {
  readonly words: readonly DraftWords[]
  /** Names of the thread's members, flattened: whole and the first of them. */
  readonly names: ReadonlySet<string>
  /** Whether a quote repeats another post of the thread. */
  readonly repeatsPost: (quote: string, postId: string) => boolean
}

/**
 * The blocks of a post that say something of the matter: without greeting, thanks, pleas, signature, edit marks and
 * quotes of others. Code, tables, lists, pictures and mathematics stay as written.
 */
export function cleanPost(
  post: { readonly id: string; readonly body: string; readonly author?: { readonly name: string } },
  voice: 'asker' | 'helper',
  cleaning: Cleaning,
): Piece[] {
  const { words } = cleaning
  const signed = piecesOf(post.body, post.id)
  const pieces = withoutQuotes(
    withoutSignature(signed, { words, author: post.author?.name }),
    post.id,
    cleaning,
  )
  let isFirst = true
  let isGreeted = false
  return pieces.flatMap((piece) => {
    if (piece.kind === 'heading') return isHeadingOfCourtesy(piece.raw, cleaning, voice) ? [] : [piece]
    if (piece.kind !== 'prose') return [piece]
    if (piece.sentences.length > MOST_SENTENCES) return [piece]
    const kept: Sentence[] = []
    for (const sentence of piece.sentences) {
      let text = cleanSentence(sentence.text, voice, isFirst, cleaning)
      if (text === '') {
        isGreeted ||= isFirst && sentence.text.endsWith(',')
        continue
      }
      // What followed `Hello,` began with a small letter.
      if (isGreeted && isFirst) text = capitalised(text)
      isFirst = false
      kept.push(text === sentence.text ? sentence : { text, gap: sentence.gap })
    }
    const same =
      kept.length === piece.sentences.length && kept.every((each, at) => each === piece.sentences[at])
    return same ? [piece] : (withSentences(piece, kept) ?? [])
  })
}

function cleanSentence(
  text: string,
  voice: 'asker' | 'helper',
  isFirst: boolean,
  { words, names }: Cleaning,
): string {
  if (words.length === 0) return text
  let cleaned = text
  if (isFirst) cleaned = withoutFiller(withoutGreeting(cleaned, words, names), words)
  cleaned = withoutEdit(cleaned, words)
  if (voice === 'helper') cleaned = withoutVocative(cleaned, names)
  if (cleaned === '' || isCourtesy(cleaned, words, voice)) return ''
  if (voice === 'helper' && isPersonal(cleaned, words, names)) return ''
  return withoutTrailingPlea(cleaned, words)
}

/** What a helper did for this asker alone, tells a member by name, or says of one. */
function isPersonal(text: string, words: readonly DraftWords[], names: ReadonlySet<string>): boolean {
  const flat = flatten(text.slice(0, LONGEST_PERSONAL))
  if (words.some(({ personal }) => personal.test(flat))) return true
  if (text.length >= LONGEST_PERSONAL || isStep(text, words)) return false
  const first = /^@?([^\s,.]+) (?!>)/.exec(flat)?.[1] ?? ''
  const addressed = [...flat.matchAll(/, (\S{2,40}?)\s?(?=[,.;!]|$)/g)].map(([, name]) => name!)
  return [first, ...addressed].some((name) => names.has(name))
}

function isHeadingOfCourtesy(raw: string, { words, names }: Cleaning, voice: 'asker' | 'helper'): boolean {
  const text = raw.replace(/^[ #]+|[ #]+$/g, '').split('\n')[0]!
  return words.length > 0 && (withoutGreeting(text, words, names) === '' || isCourtesy(text, words, voice))
}

/** Quotes that are looked for in other posts. */
const MOST_QUOTES = 50
const ATTRIBUTED = /^[\s>*_]*(?:@\S+|.{1,60}(?: a ecrit| wrote| said| a dit)(?: le .{1,30})?) ?:/

function withoutQuotes(pieces: readonly Piece[], postId: string, cleaning: Cleaning): Piece[] {
  const kept: Piece[] = []
  let quotes = 0
  for (const piece of pieces) {
    if (piece.kind === 'quote') quotes += 1
    if (piece.kind !== 'quote' || quotes > MOST_QUOTES) {
      kept.push(piece)
      continue
    }
    const before = kept.at(-1)
    const introduction = before?.kind === 'prose' ? before.sentences.at(-1) : undefined
    const isIntroduced =
      introduction !== undefined &&
      cleaning.words.some(({ quoteIntroduction }) => quoteIntroduction.test(bare(introduction.text)))
    if (isIntroduced) {
      kept.pop()
      const rest = withSentences(before!, before!.sentences.slice(0, -1))
      if (rest !== undefined) kept.push(rest)
    } else if (!ATTRIBUTED.test(flatten(piece.raw.slice(0, 120))) && !cleaning.repeatsPost(piece.raw, postId))
      kept.push(piece)
  }
  return kept
}
