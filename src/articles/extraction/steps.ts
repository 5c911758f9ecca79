import { flatten } from './flatten.ts'
import { joinSentences, type Piece, withSentences } from './pieces.ts'
import type { Sentence } from './sentences.ts'
import type { DraftWords } from './words.ts'

/** A step that is longer explains more than it tells. */
const LONGEST_STEP = 500

/** A block with more sentences tells no steps that a person follows. */
const MOST_SENTENCES = 200

export function isStep(text: string, words: readonly DraftWords[]): boolean {
  const flat = flatten(text.slice(0, 80))
  return !text.trimEnd().endsWith('?') && words.some(({ step }) => step.test(flat))
}

/**
 * The pieces of one answer with its steps as a numbered list. An answer that has a list has told its steps already;
 * in any other, sentences that command or follow in order become items, and what explains one stays behind it.
 */
export function withSteps(pieces: readonly Piece[], words: readonly DraftWords[]): Piece[] {
  if (pieces.some(({ kind }) => kind === 'list')) return [...pieces]
  return pieces.flatMap((piece) => (piece.kind === 'prose' ? stepsOf(piece, words) : [piece]))
}

function stepsOf(piece: Piece, words: readonly DraftWords[]): Piece[] {
  const { sentences } = piece
  if (sentences.length > MOST_SENTENCES) return [piece]
  const steps = sentences.flatMap(({ text }, at) => (isStep(text, words) ? [at] : []))
  const first = steps[0]
  if (first === undefined || steps.length < 2) return [piece]
  const last = steps.at(-1)!
  if (steps.length < 3 && steps.length < (last - first + 1) * 0.6) return [piece]
  if (steps.length < (last - first + 1) / 2) return [piece]
  const isStart = new Set(steps)
  const items: Sentence[][] = []
  for (let at = first; at <= last; at += 1) {
    if (isStart.has(at)) items.push([])
    items.at(-1)!.push(sentences[at]!)
  }
  const texts = items.map((item) => joinSentences(item).replace(/\s*\n\s*/g, ' '))
  if (texts.some((text) => text.length > LONGEST_STEP)) return [piece]
  const list: Piece = {
    ...piece,
    kind: 'list',
    sentences: [],
    raw: texts.map((text, at) => `${at + 1}. ${text}`).join('\n'),
  }
  const before = withSentences(piece, sentences.slice(0, first))
  const after = withSentences(piece, sentences.slice(last + 1))
  return [before, list, after].filter((each) => each !== undefined)
}
