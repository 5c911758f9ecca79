import { flatten } from './flatten.ts'
import { type Piece, withSentences } from './pieces.ts'
import type { Sentence } from './sentences.ts'
import { isStep } from './steps.ts'
import type { DraftWords } from './words.ts'

const CONDITIONAL = /^[*_]*(?:if|when|si|s'il|quand|lorsque|unless|never|don't|do not|ne )/
const WHY = /^(?:why|how come|pourquoi|d'ou vient)(?![\p{L}])/u
/** Sentences read of an opening. */
const MOST_READ = 20
/** A longer sentence explains more than a cause. */
const LONGEST = 600
/** Fewer words name a cause, but explain none. */
const LEAST_WORDS = 6
/** `To know more, ` before what is to be done. */
const CLAUSE = /^[^,.:;]{3,80}, /
/** `Settings > Channels`: a way through menus. */
const MENUS = /\S > \S/

/**
 * The sentences of an answer that state a cause, with those that mean nothing without them: sentences that say so, else
 * what the opening tells before it comes to what is to be done. Where an answer begins with
 * them they are taken out of it, unless nothing else would be left; further down its text leans on them, and they
 * stay. Only the opening of an answer is read: later reasons are reasons of a step.
 *
 * @param title of the thread: who asks what something is has no problem, and explanations of it are the answer
 */
export function takeCause(
  pieces: readonly Piece[],
  words: readonly DraftWords[],
  title: string,
): { readonly cause?: Piece; readonly rest: readonly Piece[] } {
  const [opening, second] = pieces.filter(({ kind }) => kind === 'prose')
  const prose = [opening, opening?.sentences.length === 1 ? second : undefined].filter(
    (piece) => piece !== undefined,
  )
  for (const piece of prose) {
    const isLeading = piece === pieces[0]
    const found = piece.sentences
      .slice(0, MOST_READ)
      .findIndex(({ text }, at) => statesCause(text, words, { isLeading: isLeading && at < 2 }))
    if (found < 0) continue
    const [from, to] = extent(piece.sentences, found, words)
    const cause = withSentences(piece, piece.sentences.slice(from, to))
    if (cause === undefined || cause.sentences.some(({ text }) => text.endsWith(':'))) return { rest: pieces }
    const left = withSentences(piece, piece.sentences.slice(to))
    const rest = [...(left === undefined ? [] : [left]), ...pieces.slice(1)]
    if (isLeading && from === 0) return hasText(rest) ? { cause, rest } : { rest: pieces }
    return { cause, rest: pieces }
  }
  return asksToKnow(title, words) ? { rest: pieces } : takeExplanation(pieces, words)
}

/** `What is …`: nothing is wrong that could have a cause; who asks why wants one. */
function asksToKnow(title: string, words: readonly DraftWords[]): boolean {
  const flat = flatten(title.slice(0, LONGEST)).trim()
  return flat.endsWith('?') && !WHY.test(flat) && words.some(({ asking }) => asking.test(flat))
}

/** Sentences at the start that neither advise nor tell of anybody, before the steps. */
function takeExplanation(
  pieces: readonly Piece[],
  words: readonly DraftWords[],
): { readonly cause?: Piece; readonly rest: readonly Piece[] } {
  const [first, ...others] = pieces
  if (first?.kind !== 'prose') return { rest: pieces }
  const opening = first.sentences.slice(0, MOST_READ)
  const end = opening.findIndex(({ text }) => !explains(text, words))
  const size = end < 0 ? opening.length : end
  const told = opening.slice(0, size)
  const remaining = first.sentences.slice(size)
  const isFollowed =
    others.some(({ kind }) => kind === 'list' || kind === 'code') ||
    [...remaining, ...others.flatMap(({ sentences }) => sentences)].some(
      ({ text }) => isStep(text.replace(CLAUSE, ''), words) || MENUS.test(text),
    )
  const cause = withSentences(first, told)
  if (cause === undefined || !isFollowed || cause.raw.split(/\s+/).length < LEAST_WORDS)
    return { rest: pieces }
  const left = withSentences(first, remaining)
  return { cause, rest: [...(left === undefined ? [] : [left]), ...others] }
}

function explains(text: string, words: readonly DraftWords[]): boolean {
  if (text.length > LONGEST || /[?:]$/.test(text) || isStep(text, words) || MENUS.test(text)) return false
  const flat = flatten(text)
  if (CONDITIONAL.test(flat)) return false
  return !words.some(
    ({ advice, command, personal }) => advice.test(flat) || command.test(flat) || personal.test(flat),
  )
}

function statesCause(
  text: string,
  words: readonly DraftWords[],
  { isLeading }: { readonly isLeading: boolean },
): boolean {
  if (text.length > LONGEST || /[?:]$/.test(text) || isStep(text, words)) return false
  const flat = flatten(text)
  if (CONDITIONAL.test(flat)) return false
  return words.some(({ cause, meaning }) => cause.test(flat) || (isLeading && meaning.test(flat)))
}

/** From the sentence that a dependent one leans on, to the last that leans on the cause. */
function extent(
  sentences: readonly Sentence[],
  found: number,
  words: readonly DraftWords[],
): [number, number] {
  const leans = (at: number) => {
    const text = sentences[at]!.text
    if (text.startsWith('(')) return true
    const flat = flatten(text.slice(0, 60))
    return words.some(({ dependent }) => dependent.test(flat))
  }
  let from = found
  while (from > 0 && leans(from)) from -= 1
  let to = found + 1
  while (to < sentences.length && leans(to) && !isStep(sentences[to]!.text, words)) to += 1
  return [from, to]
}

function hasText(pieces: readonly Piece[]): boolean {
  return pieces.some(({ kind }) => kind === 'prose' || kind === 'list' || kind === 'code' || kind === 'table')
}
