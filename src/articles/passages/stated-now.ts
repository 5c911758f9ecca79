import type { CitationSection } from '../citation.ts'
import { joinSentences, type Piece, writePieces } from '../extraction/pieces.ts'
import { withSteps } from '../extraction/steps.ts'
import type { DraftWords } from '../extraction/words.ts'
import { likeness } from './excerpts.ts'
import { itemsOf, type Statement, statementsIn, statementsOf, wordsIn } from './statements.ts'

/** A statement that shares fewer of its words with another says something else. */
const RELATED = 0.5

/** What a post says now, as its author wrote it and as an article would take it. */
export interface PostNow {
  readonly body: string
  /** What is left of the body when an article takes it. */
  readonly pieces: readonly Piece[]
}

/** The keys of all that a post says, as it is written and as an article takes it. */
export function keysOfPost({ body, pieces }: PostNow): ReadonlySet<string> {
  return new Set([...statementsIn(pieces), ...statementsOf(body)].map(({ key }) => key))
}

/** Whether a statement is among those with these keys. */
export function isAmong(keys: ReadonlySet<string>, text: string): boolean {
  return (
    keys.has(wordsIn(text).join(' ')) ||
    keys.has(text.replace(/\s+/g, ' ').trim()) ||
    statementsOf(text).every(({ key }) => keys.has(key))
  )
}

/** Whether a post still says all that a passage rests on. Names of an environment stand anywhere in it. */
export function stillStates(
  { body, pieces }: PostNow,
  section: CitationSection,
  excerpt: readonly string[],
): boolean {
  return unstated({ body, pieces }, section, excerpt).length === 0
}

/** What of an excerpt a post no longer says. */
export function unstated(
  { body, pieces }: PostNow,
  section: CitationSection,
  excerpt: readonly string[],
): string[] {
  if (section === 'environment') {
    const words = ` ${wordsIn(body).join(' ')} `
    return excerpt.filter((name) => !words.includes(` ${wordsIn(name).join(' ')} `))
  }
  const keys = keysOfPost({ body, pieces })
  return excerpt.filter((text) => !isAmong(keys, text))
}

/**
 * What a post says now where a passage rests on it: what the excerpt became, with what was put between, and without what
 * other passages rest on. Where nothing is like the excerpt, all that no other passage rests on.
 *
 * @param others what other passages of the article rest on, of the same post
 */
export function statedNow(
  post: PostNow,
  {
    section,
    excerpt,
    others,
    words,
  }: {
    readonly section: CitationSection
    readonly excerpt: readonly string[]
    readonly others: readonly string[]
    readonly words: readonly DraftWords[]
  },
): { readonly text: string; readonly excerpt: readonly string[] } {
  const now = statementsIn(post.pieces)
  const keysOf = (texts: readonly string[]) =>
    new Set(texts.flatMap((text) => statementsOf(text).map(({ key }) => key)))
  const own = keysOf(excerpt)
  const foreign = keysOf(others)
  const free = now.filter(({ key }) => own.has(key) || !foreign.has(key))
  const missing = unstated(post, section, excerpt).map((text) => new Set(wordsIn(text)))
  const isOwn = ({ key, text }: Statement) =>
    own.has(key) || missing.some((each) => likeness(each, new Set(wordsIn(text))) >= RELATED)
  const places = free.flatMap((statement, at) => (isOwn(statement) ? [at] : []))
  const pieces = new Set(places.map((at) => free[at]!.piece))
  const [first = 0, last = free.length - 1] = [places[0], places.at(-1)]
  const chosen = free.filter(
    (statement, at) => places.length === 0 || (at >= first && at <= last) || pieces.has(statement.piece),
  )
  const taken = piecesWith(chosen, post.pieces)
  return {
    text: writePieces(section === 'resolution' ? withSteps(taken, words) : taken),
    excerpt: chosen.map(({ text }) => text),
  }
}

/** The pieces of a post with some of their statements only. */
function piecesWith(chosen: readonly Statement[], pieces: readonly Piece[]): Piece[] {
  const kept = new Map<Piece, Set<string>>()
  for (const { piece, text } of chosen) kept.set(piece, (kept.get(piece) ?? new Set()).add(text))
  return pieces.flatMap((piece): Piece[] => {
    const texts = kept.get(piece)
    if (texts === undefined) return []
    if (piece.kind === 'prose') {
      const sentences = piece.sentences.filter(({ text }) => texts.has(text))
      return [{ ...piece, sentences, raw: joinSentences(sentences) }]
    }
    if (piece.kind !== 'list') return [piece]
    const items = itemsOf(piece.raw).filter(({ text }) => texts.has(text))
    return [{ ...piece, raw: items.map(({ raw }) => raw).join('\n') }]
  })
}
