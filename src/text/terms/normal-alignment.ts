/**
 * What n-grams are taken of: the text, cut at `maxLength`, in its compatibility form and lower case. The counter has
 * this line of its own, since a call of it showed in its speed; a test holds the two together.
 */
export function normalise(text: string, maxLength: number): string {
  return text.slice(0, maxLength).normalize('NFKC').toLowerCase()
}

/** A normalised text, and for each of its code units the range of the text as given that it came from. */
interface AlignedText {
  readonly normal: string
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/**
 * Code points that may join with what stands before them when a text is composed: marks, vowels and finals of
 * Hangul in all their forms, and the voicing marks of half-width Katakana.
 */
const JOINING = /[\p{M}\u1160-\u11FF\u3131-\u318E\uFF9E\uFF9F\uFFA0-\uFFDC]/u
/** ASCII never joins with what stands before it. */
const ASCII = 128

/** From the finest way of cutting to none at all: a cut before a code point, or not. */
const CUTS: readonly ((character: string) => boolean)[] = [
  (character) => character.charCodeAt(0) < ASCII || !JOINING.test(character),
  (character) => character.charCodeAt(0) < ASCII,
  () => false,
]

/**
 * Normalises a text as n-grams are taken of it, and says where each code unit came from. Composition is by pieces
 * that do not reach into one another; a text whose pieces do after all (in a later Unicode than was thought of) is
 * cut more coarsely, so that the answer is always right, if sometimes vague.
 */
export function alignNormal(text: string, maxLength: number): AlignedText {
  const normal = normalise(text, maxLength)
  const read = text.slice(0, maxLength)
  const expected = foldSigma(normal)
  for (const cut of CUTS) {
    const pieces = piecesOf(read, cut)
    if (foldSigma(pieces.map(({ form }) => form).join('')) === expected) return align(normal, pieces)
  }
  return align(normal, [{ start: 0, end: read.length, form: normal }])
}

interface Piece {
  readonly start: number
  readonly end: number
  readonly form: string
}

function piecesOf(text: string, cut: (character: string) => boolean): Piece[] {
  const pieces: Piece[] = []
  let start = 0
  let at = 0
  const close = () => {
    if (at > start) pieces.push({ start, end: at, form: normalise(text.slice(start, at), at - start) })
    start = at
  }
  for (const character of text) {
    if (cut(character)) close()
    at += character.length
  }
  close()
  return pieces
}

/** A capital sigma in lower case depends on its neighbours, and nothing else does. */
function foldSigma(text: string): string {
  return text.replaceAll('ς', 'σ')
}

function align(normal: string, pieces: readonly Piece[]): AlignedText {
  const starts = new Int32Array(normal.length)
  const ends = new Int32Array(normal.length)
  let at = 0
  for (const { start, end, form } of pieces) {
    starts.fill(start, at, at + form.length)
    ends.fill(end, at, at + form.length)
    at += form.length
  }
  return { normal, starts, ends }
}
