import { fold } from './fold.ts'
import { STOP_WORDS } from './stopwords.ts'
import { visitTokens } from './tokens.ts'

const LETTER = /\p{L}/u

/**
 * Visits the words that a text's subject may be told by: folded, without plural ending, so that a name is the same
 * term in every language (stems are not: of `Lumora` English keeps `lumora` and French `lumor`). Stop words of its
 * language (of French and English where it is neither) are passed over, as is what has no letter (years, amounts).
 *
 * @param language ISO 639-1, such as `fr` or `fr-CA`
 * @param visit gets the term and where it stands, in UTF-16 units
 */
export function visitLightTerms(
  text: string,
  language: string,
  visit: (term: string, start: number, end: number) => void,
): void {
  const primary = language.slice(0, 2)
  const stops = primary === 'fr' || primary === 'en' ? [STOP_WORDS[primary]] : [STOP_WORDS.fr, STOP_WORDS.en]
  visitTokens(text, (word, start, end) => {
    const folded = fold(word)
    if (folded.length < 2 || !LETTER.test(folded) || stops.some((words) => words.has(folded))) return
    visit(withoutPlural(folded), start, end)
  })
}

/** French and English both write it `s`, French now and then `x`; `ss` is none. */
function withoutPlural(word: string): string {
  return word.length > 3 && !word.endsWith('ss') ? word.replace(/[sx]$/, '') : word
}
