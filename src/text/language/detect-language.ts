import { fold } from '../terms/fold.ts'
import { scoreLanguages } from './scores.ts'
import { ENGLISH, FRENCH } from './words.ts'

/** Said where a text is too short or too mixed to tell. */
const UNDETERMINED = 'und'

/** The detector itself stops after some 350 bytes. */
const LOOKED_AT = 400
const FEWEST_LETTERS = 10
const FEWEST_WORDS = 2
/** So few words, all with a capital, may be the name of anything. */
const NAMES_ALONE = 3
/** Scripts that write no spaces say much in few letters, and which language in fewer. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{3}/u
/** How much worse French or English may score and still be preferred: the communities are theirs. */
const HOME_ADVANTAGE = 0.08
/** French against English must differ by this much to be told apart. */
const LEAST_DIFFERENCE = 0.01
/** So many more words of one than of the other decide without the detector. */
const DECISIVE = 3
/** So many more, and the rest of the text is not looked at. */
const CLEAR = 6
/** What one word of French or English counts for in the detector's scores, which go from 0 to 1. */
const WORD_SCORE = 0.06

/**
 * The language a text is written in, from its first 400 characters or so; code, URLs and addresses do not count, and
 * what is quoted or named in another language counts less than the writer's own words.
 *
 * @param whole all of the text, where `text` is its beginning: asked for when that holds too little
 * @returns an ISO 639-1 code such as `fr` or `en`, or `und`
 */
export function detectLanguage(text: string, whole?: () => string): string {
  let looked = lookedAt(text)
  if (whole !== undefined && looked.length < LOOKED_AT) looked = lookedAt(whole())
  const prose = looked.replace(/\w*[\d_]\w*/g, ' ')
  const own = prose.replace(quoted, ' ')
  const said = evidenceOf(own)
  if (Math.abs(said.french - said.english) >= DECISIVE) return said.french > said.english ? 'fr' : 'en'
  const all = own.length === prose.length ? said : evidenceOf(prose)
  // What is quoted speaks only where the writer does not.
  return said.french !== said.english ? decide(own, said) : decide(prose, all)
}

function decide(prose: string, { french, english, words, letters, names }: Evidence): string {
  if (french === 0 && english === 0) {
    if (names === words && words <= NAMES_ALONE && !unspaced.test(prose)) return UNDETERMINED
    const enough = letters >= FEWEST_LETTERS && words >= FEWEST_WORDS
    if (!enough && !unspaced.test(prose)) return UNDETERMINED
  } else if (words <= 2) {
    // Too little for the detector, and enough for who knows the word.
    if (french === 0) return 'en'
    if (english === 0) return 'fr'
  }
  const scores = scoreLanguages(prose)
  const fr = scores.of('fr') + french * WORD_SCORE
  const en = scores.of('en') + english * WORD_SCORE
  const home = Math.max(fr, en)
  if (home > 0 && home >= scores.highest - HOME_ADVANTAGE) {
    if (Math.abs(fr - en) < LEAST_DIFFERENCE) return UNDETERMINED
    return fr > en ? 'fr' : 'en'
  }
  return scores.reliable ?? UNDETERMINED
}

/** What the words of a text say. */
interface Evidence {
  readonly french: number
  readonly english: number
  readonly words: number
  readonly letters: number
  /** Words that look like names: those are the same in every language. */
  readonly names: number
}

const capital = /\p{Lu}/u
const word = /\p{L}+/gu
const elisions: Readonly<Record<string, number>> = { j: 1, l: 0.5, d: 0.5, c: 0.5, n: 0.5 }

function evidenceOf(prose: string): Evidence {
  const shouts = !/\p{Ll}/u.test(prose)
  let french = 0
  let english = 0
  let words = 0
  let letters = 0
  let names = 0
  let end = 0
  for (const { 0: each, index } of prose.matchAll(word)) {
    const start = end
    end = index + each.length
    const next = prose[end]
    if (each.length === 1) {
      if (next === "'" || next === '’') french += elisions[each.toLowerCase()] ?? 0
      else if (each === 'I' && !shouts) english += 1
      continue
    }
    words += 1
    letters += each.length
    if (!shouts && capital.test(each)) {
      names += 1
      if (capital.test(each.slice(1)) || !isSentenceStart(prose, start, index)) continue
    }
    const form = fold(each)
    if (FRENCH.has(form)) french += 1
    else if (ENGLISH.has(form)) english += 1
    else if (form === 'qu' && (next === "'" || next === '’')) french += 1
    else continue
    if (Math.abs(french - english) >= CLEAR) break
  }
  return { french, english, words, letters, names }
}

/** A capital in the middle of a sentence is a name's. */
function isSentenceStart(prose: string, lastEnd: number, at: number): boolean {
  return lastEnd === 0 || /[.!?…:;«“"(\n—–-]\s*$/.test(prose.slice(lastEnd, at))
}

const quoted = /«[^»]{1,300}»|“[^”]{1,300}”|"[^"\n]{1,300}"/g

function lookedAt(text: string): string {
  let prose = text.length > LOOKED_AT * 3 ? text.slice(0, LOOKED_AT * 3) : text
  if (/`|~~~/.test(prose)) {
    prose = prose
      .replace(/^[ \t>]*(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n[\s\S]*?(?:^[ \t>]*\1[ \t]*$|(?![\s\S]))/gm, ' ')
      .replace(/`[^`\n]+`/g, ' ')
  }
  if (prose.includes('<')) prose = prose.replace(/<[^<>]{0,500}>/g, ' ')
  if (/:\/\/|www\.|@/i.test(prose))
    prose = prose.replace(/\b(?:https?:\/\/|www\.)\S+|\S+@\S+\.\S+|(?<!\S)@\S+/gi, ' ')
  return prose.slice(0, LOOKED_AT)
}
