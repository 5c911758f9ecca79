import { type BlockKind, blocksOf } from './blocks.ts'
import { type Sentence, sentencesOf } from './sentences.ts'

/** A block on its way into a draft. */
export interface Piece {
  readonly kind: BlockKind
  /** As written; of prose, what its sentences join to. */
  readonly raw: string
  readonly sentences: readonly Sentence[]
  /** Its place among the blocks of its post. */
  readonly order: number
  /** Space between it and the block that followed it in its post. */
  readonly gap: string
  /** The posts that state it. */
  readonly postIds: readonly string[]
}

const BETWEEN = '\n\n'

export function piecesOf(markdown: string, postId: string): Piece[] {
  return blocksOf(markdown).map(({ kind, raw, gap }, order) => ({
    kind,
    order,
    raw,
    gap,
    sentences: kind === 'prose' ? sentencesOf(raw) : [],
    postIds: [postId],
  }))
}

/** Prose with other sentences; undefined where none is left. */
export function withSentences(piece: Piece, sentences: readonly Sentence[]): Piece | undefined {
  if (sentences.length === 0) return undefined
  return { ...piece, sentences, raw: joinSentences(sentences) }
}

export function joinSentences(sentences: readonly Sentence[]): string {
  return sentences
    .map(({ text, gap }, at) => (at < sentences.length - 1 ? text + (gap || ' ') : text))
    .join('')
}

/**
 * Pieces as Markdown. Pieces that followed each other keep the space between them; a piece that lost its neighbour
 * stands apart by a blank line. Code that its author left open is closed, so that it takes in nothing more.
 */
export function writePieces(pieces: readonly Piece[]): string {
  return pieces
    .map((piece, at) => {
      const next = pieces[at + 1]
      const raw = piece.raw + missingFence(piece)
      if (next === undefined) return raw
      const isNext = next.postIds[0] === piece.postIds[0] && next.order === piece.order + 1
      return raw + (isNext && piece.gap !== '' ? piece.gap : BETWEEN)
    })
    .join('')
    .trimEnd()
}

function missingFence({ kind, raw }: Piece): string {
  const opening = kind === 'code' ? /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1] : undefined
  if (opening === undefined) return ''
  const last = raw.slice(raw.lastIndexOf('\n') + 1).trim()
  const isClosed =
    raw.includes('\n') && last.length >= opening.length && last === opening[0]!.repeat(last.length)
  return isClosed ? '' : `\n${opening}`
}
