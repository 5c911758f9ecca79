import { flatten } from '../extraction/flatten.ts'
import { type Piece, piecesOf } from '../extraction/pieces.ts'

/** A sentence, an item of a list, or a block that is neither prose nor list. */
export interface Statement {
  readonly text: string
  /** What two statements that say the same in the same words have in common. */
  readonly key: string
  readonly piece: Piece
}

const WORD = /[\p{L}\p{N}]+(?:[.,:]\p{N}+)*|[<>=%€$£+]/gu
const ITEM_START = /\n(?=\s*(?:[-*+]|\d{1,9}[.)])\s)/
const MARKER = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/
/** Kinds whose marks count as much as their words. */
const VERBATIM = new Set(['code', 'table', 'math', 'html'])

/** The statements of a text, in their order; without those that have no word. */
export function statementsOf(markdown: string): Statement[] {
  return statementsIn(piecesOf(markdown, ''))
}

export function statementsIn(pieces: readonly Piece[]): Statement[] {
  return pieces.flatMap((piece) =>
    textsOf(piece)
      .map((text): Statement => ({ text, key: keyOf(text, piece), piece }))
      .filter(({ key }) => key !== ''),
  )
}

/** Words of a text in lower case and without accents, in their order. */
export function wordsIn(text: string): readonly string[] {
  return flatten(text).match(WORD) ?? []
}

/** The items of a list, as written and without their marks. */
export function itemsOf(list: string): { readonly raw: string; readonly text: string }[] {
  return list.split(ITEM_START).map((raw) => ({ raw, text: raw.replace(MARKER, '') }))
}

function textsOf(piece: Piece): string[] {
  if (piece.kind === 'prose') return piece.sentences.map(({ text }) => text)
  return piece.kind === 'list' ? itemsOf(piece.raw).map(({ text }) => text) : [piece.raw]
}

function keyOf(text: string, { kind }: Piece): string {
  return VERBATIM.has(kind) ? text.replace(/\s+/g, ' ').trim() : wordsIn(text).join(' ')
}
