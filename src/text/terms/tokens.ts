const WORD = String.raw`[\p{L}\p{N}][\p{L}\p{N}\p{M}]*`
const CHUNK = new RegExp(`${WORD}(?:[-‐‑_.'’ʼ]${WORD})*`, 'gu')
const JOINER = /[-‐‑_.'’ʼ]/
const APOSTROPHE = /['’ʼ]/
const DIGIT = /\p{N}/u
const LETTERS_THEN_DIGITS = /^(\p{L}+)(\p{N}+)$/u
const DIGITS_THEN_LETTERS = /^(\p{N}+)(\p{L}+)$/u

/** What French writes before an apostrophe, without it. */
export const ELISIONS: ReadonlySet<string> = new Set([
  'l',
  'd',
  'j',
  'm',
  't',
  's',
  'c',
  'n',
  'qu',
  'jusqu',
  'lorsqu',
  'puisqu',
  'quoiqu',
])
const ENGLISH_CLITICS = new Set(['s', 't', 'd', 'm', 'll', 're', 've'])
/** What a French verb or pronoun takes after a hyphen: `peut-on`, `celui-ci`, `donnez-moi`. */
const FRENCH_CLITICS = new Set(
  'je tu il elle on nous vous ils elles ce ci là la le les leur lui moi toi y en même mêmes'.split(' '),
)

/** Longer runs are blobs (base64, hashes in a log); their head is enough to find them by. */
const LONGEST = 64

/** @param start offset in UTF-16 units of the token's first character; `end` is exclusive. */
export type TokenVisitor = (word: string, start: number, end: number) => void

/**
 * Visits the words of a text as written (case and accents kept; `fold` them to compare).
 *
 * - French elisions and English clitics go: `l'eau` → eau, `qu’il` → il, `Anna's` → Anna, `don't` → don.
 * - A compound gives its parts and itself joined, so that `E-204`, `E_204` and `E204`, or `e-mail` and `email`, meet.
 * - Versions, addresses and decimals give themselves whole, then their parts: `16.4.1` → 16.4.1, 16, 4, 1.
 * - Letters against digits give both sides too: `iphone15` → iphone15, iphone, 15.
 *
 * Spans of tokens may overlap (a compound and its parts). Scripts without spaces are not segmented.
 */
export function visitTokens(text: string, visit: TokenVisitor): void {
  for (const match of text.matchAll(CHUNK)) {
    const chunk = match[0]
    if (JOINER.test(chunk)) visitChunk(chunk, match.index, visit)
    else visitWord(chunk, match.index, visit)
  }
}

function visitWord(word: string, start: number, visit: TokenVisitor): void {
  visit(shorten(word), start, start + word.length)
  if (word.length > LONGEST || !DIGIT.test(word)) return
  const sides = LETTERS_THEN_DIGITS.exec(word) ?? DIGITS_THEN_LETTERS.exec(word)
  if (!sides) return
  const [, left = '', right = ''] = sides
  if (left.length < 3 && right.length < 3) return
  const middle = start + left.length
  if (left.length > 1) visit(left, start, middle)
  if (right.length > 1) visit(right, middle, middle + right.length)
}

/** A run of words held together by hyphens, underscores, dots or apostrophes. */
function visitChunk(chunk: string, start: number, visit: TokenVisitor): void {
  const parts = split(chunk, start, APOSTROPHE)
  parts.forEach((part, at) => {
    const lower = part.text.toLowerCase()
    const elided = at < parts.length - 1 && ELISIONS.has(lower)
    const clitic = at > 0 && at === parts.length - 1 && ENGLISH_CLITICS.has(lower)
    if (!elided && !clitic) visitCompound(part, visit)
  })
}

function visitCompound(compound: Part, visit: TokenVisitor): void {
  const parts = split(compound.text, compound.start, JOINER)
  const whole = parts.length > 1 ? joined(compound.text, parts) : undefined
  if (whole !== undefined) visit(whole, compound.start, compound.start + compound.text.length)
  for (const part of parts) {
    // A lone letter is noise once the whole stands for it.
    if (whole !== undefined && part.text.length === 1 && !DIGIT.test(part.text)) continue
    visitWord(part.text, part.start, visit)
  }
}

/** The form under which a compound is found whole; undefined where it is only words that happen to touch. */
function joined(text: string, parts: readonly Part[]): string | undefined {
  if (text.length > LONGEST) return undefined
  if (text.includes('.')) {
    if (parts.every((part) => part.text.length === 1 && !DIGIT.test(part.text)))
      return text.replaceAll('.', '')
    return DIGIT.test(text) ? text : undefined
  }
  const last = parts.at(-1)?.text.toLowerCase() ?? ''
  if (FRENCH_CLITICS.has(last)) return undefined
  if (parts.length > 4 && !DIGIT.test(text)) return undefined
  return parts.map((part) => part.text).join('')
}

interface Part {
  readonly text: string
  readonly start: number
}

function split(text: string, start: number, separator: RegExp): Part[] {
  const parts: Part[] = []
  let at = start
  for (const piece of text.split(separator)) {
    parts.push({ text: piece, start: at })
    at += piece.length + 1
  }
  return parts
}

function shorten(word: string): string {
  if (word.length <= LONGEST) return word
  const splitsPair = /[\uD800-\uDBFF]/.test(word[LONGEST - 1] ?? '')
  return word.slice(0, splitsPair ? LONGEST - 1 : LONGEST)
}
