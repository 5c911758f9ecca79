import type { TermAnalyser } from '../../text/terms/terms.ts'
import { visitTokens } from '../../text/terms/tokens.ts'

/** Marks words of a search in pages. */
export interface WordMarker {
  /** The markup with the words marked; the block that holds most of them has the id of {@link FOUND}. */
  mark(markup: string): string
}

/** Where a page opens that a search found. */
export const FOUND = 'found'

const MOST_WORDS = 20
const PIECE = /<[^>]*>|[^<]+/g
/** Blocks that a page may open at. */
const BLOCK = /^<(p|li|td|th|blockquote|pre)( tabindex="0")?>$/

/** Marks the words of a search, by their stems in the language of the text. Undefined where nothing of it can be marked. */
export function createWordMarker(
  analyser: TermAnalyser,
  q: string,
  language: string,
): WordMarker | undefined {
  const wanted = new Set<string>()
  analyser.visit(q.slice(0, 400), language, (terms) => {
    if (wanted.size < MOST_WORDS) for (const term of terms) wanted.add(term)
  })
  if (wanted.size === 0) return undefined

  function markText(text: string, seen: Set<string>): string {
    let marked = ''
    let end = 0
    // An entity is no word: `&amp;` does not hold `amp`.
    const readable = text.replace(/&[#\w]+;/g, (entity) => ' '.repeat(entity.length))
    visitTokens(readable, (word, from, to) => {
      const hit = analyser.terms(word, language).find((term) => wanted.has(term))
      // Parts of a word follow the whole of it.
      if (hit === undefined || from < end) return
      seen.add(hit)
      marked += `${text.slice(end, from)}<mark>${text.slice(from, to)}</mark>`
      end = to
    })
    return marked + text.slice(end)
  }

  return {
    mark(markup) {
      let best: { readonly at: number; readonly words: number } | undefined
      let block: { readonly at: number; readonly seen: Set<string> } | undefined
      const close = () => {
        if (block !== undefined && block.seen.size > (best?.words ?? 0))
          best = { at: block.at, words: block.seen.size }
      }
      const pieces = (markup.match(PIECE) ?? []).map((piece, at) => {
        if (!piece.startsWith('<')) return markText(piece, block?.seen ?? new Set())
        if (BLOCK.test(piece)) {
          close()
          block = { at, seen: new Set() }
        }
        return piece
      })
      close()
      if (best !== undefined) pieces[best.at] = pieces[best.at]!.replace(/>$/, ` id="${FOUND}">`)
      return pieces.join('')
    },
  }
}
