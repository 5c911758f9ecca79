import { bare, isCourtesy } from './courtesy.ts'
import { flatten } from './flatten.ts'
import type { Piece } from './pieces.ts'
import { sentencesOf } from './sentences.ts'
import type { DraftWords } from './words.ts'

/** No signature has more lines, or longer ones. */
const MOST_LINES = 8
const LONGEST_LINE = 60
/** A line that is, or ends in, a telephone number or an e-mail address. */
const CONTACT =
  /^(?:[^\p{L}]*(?:\p{L}[\p{L}. -]{0,14})?[ :.]*|[^.!?:]{1,40} [–—|-] )(?:\+?[\d][\d .()/-]{7,20}|[^\s@]{1,40}@[^\s@]{1,40})$/u

/** Pieces without the signature that they end with: `Cordialement,`, a name, a phone number, or all behind `--`. */
export function withoutSignature(
  pieces: readonly Piece[],
  { words, author }: { readonly words: readonly DraftWords[]; readonly author: string | undefined },
): Piece[] {
  const from = signatureStart(pieces, words, author)
  if (from === undefined) return [...pieces]
  const kept = pieces.slice(0, from.piece)
  const lines = pieces[from.piece]!.raw.split('\n').slice(0, from.line)
  const raw = lines.join('\n').trimEnd()
  if (raw !== '') kept.push({ ...pieces[from.piece]!, raw, sentences: sentencesOf(raw) })
  return kept
}

interface Place {
  readonly piece: number
  readonly line: number
}

function signatureStart(
  pieces: readonly Piece[],
  words: readonly DraftWords[],
  author: string | undefined,
): Place | undefined {
  let start: Place | undefined
  let read = 0
  for (let piece = pieces.length - 1; piece >= 0 && pieces[piece]!.kind === 'prose'; piece -= 1) {
    const lines = pieces[piece]!.raw.split('\n')
    for (let line = lines.length - 1; line >= 0; line -= 1) {
      const text = lines[line]!.trim()
      read += 1
      if (read > MOST_LINES) return start
      if (/^--$/.test(text)) return { piece, line }
      if (text.length > LONGEST_LINE || text.includes('?')) return start
      const isFirst = piece === 0 && line === 0
      if (begins(text, words) || (!isFirst && isAuthor(text, author))) start = { piece, line }
      else if (/[.!:…]$/.test(text) || text.split(' ').length > 6) return start
    }
  }
  return start
}

function begins(text: string, words: readonly DraftWords[]): boolean {
  const flat = bare(text)
  return (
    CONTACT.test(text) ||
    words.some(({ closing }) => closing.test(flat)) ||
    (/,$/.test(text) && isCourtesy(text, words, 'asker'))
  )
}

const TITLE_OF_PERSON = /^(?:mrs?|ms|miss|dr|prof|mme|mlle|m|monsieur|madame|x+)$/

/** `— Bernard` by Bernard or `Bernard_38`, `Mrs M. Hanlon`, `M. H.`, or a name with an address behind it. */
function isAuthor(text: string, author: string | undefined): boolean {
  const name = flatten(text.replace(/^[\s–—*_~-]+|[\s.!*_~]+$/g, ''))
  if (author === undefined || name.length < 3) return false
  const whole = flatten(author)
  if (whole.startsWith(name)) return true
  if (whole.length > 4 && name.startsWith(whole) && /^ ?[,–—|-]/.test(name.slice(whole.length))) return true
  const written = partsOf(name).filter((part) => !TITLE_OF_PERSON.test(part))
  const parts = partsOf(whole)
  const isNamed = written.some((part) => part.length > 2) || written.length === parts.length
  return isNamed && written.every((each) => parts.some((part) => part === each || part[0] === each))
}

function partsOf(name: string): string[] {
  return name.match(/[\p{L}\p{N}]+/gu) ?? []
}
