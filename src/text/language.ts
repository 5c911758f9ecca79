import { eld } from 'eld/extrasmall'

/** Said where a text is too short or too mixed to tell. */
export const UNDETERMINED = 'und'

/** The detector itself stops after some 350 bytes. */
const LOOKED_AT = 400
const FEWEST_LETTERS = 10
const FEWEST_WORDS = 2
/** Scripts that write no spaces say much in few letters, and which language in fewer. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{3}/u
/** How much worse French or English may score and still be preferred: the communities are theirs. */
const HOME_ADVANTAGE = 0.08
/** French against English must differ by this much to be told apart. */
const LEAST_DIFFERENCE = 0.01

/**
 * The language a text is written in, from its first 400 characters or so; code, URLs and addresses do not count.
 *
 * @returns an ISO 639-1 code such as `fr` or `en`, or `und`
 */
export function detectLanguage(text: string): string {
  const prose = proseOf(text)
  const words = prose.match(/\p{L}{2,}/gu) ?? []
  const letters = words.reduce((sum, word) => sum + word.length, 0)
  const enough = letters >= FEWEST_LETTERS && words.length >= FEWEST_WORDS
  if (!enough && !unspaced.test(prose)) return UNDETERMINED

  const result = eld.detect(prose)
  const scores = result.getScores()
  const { fr = 0, en = 0 } = scores
  const home = Math.max(fr, en)
  const best = scores[result.language] ?? 0
  if (home > 0 && home >= best - HOME_ADVANTAGE) {
    if (Math.abs(fr - en) < LEAST_DIFFERENCE) return UNDETERMINED
    return fr > en ? 'fr' : 'en'
  }
  return result.language !== '' && result.isReliable() ? result.language : UNDETERMINED
}

function proseOf(text: string): string {
  return text
    .slice(0, LOOKED_AT * 3)
    .replace(/^[ \t>]*(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n[\s\S]*?(?:^[ \t>]*\1[ \t]*$|(?![\s\S]))/gm, ' ')
    .replace(/`[^`\n]+`/g, ' ')
    .replace(/<[^<>]{0,500}>/g, ' ')
    .replace(/\b(?:https?:\/\/|www\.)\S+|\S+@\S+\.\S+/gi, ' ')
    .replace(/[\w]*[\d_][\w]*/g, ' ')
    .slice(0, LOOKED_AT)
}
