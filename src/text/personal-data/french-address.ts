import type { Detector, Finding } from './finding.ts'

const SURE = String.raw`rue|avenue|av\.?|boulevard|bd\.?|bld|all[ée]e|impasse|chemin|ruelle|route|rte`
/** Words that count other things too (`2 cours`, `3 places`). */
const OTHER =
  'place|quai|cours|square|passage|r[ée]sidence|lotissement|hameau|faubourg|sentier|esplanade|promenade|villa|cit[ée]|voie|chauss[ée]e|mont[ée]e|traverse|venelle|parvis|clos|domaine|rond-point'
const NUMBER = String.raw`\d{1,4}(?:[ \u00a0]?(?:bis|ter|quater|[a-d](?![\p{L}'’])))?`
const NUMBERED = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,_+-]|[\d][ \u00a0])${NUMBER},?[ \u00a0](?:(${SURE})|${OTHER})(?=[ \u00a0])`,
  'giu',
)
const CITY = String.raw`\p{L}[\p{L}'’.-]{1,30}(?:[ \u00a0-]\p{Lu}[\p{L}'’.-]{0,30}){0,4}(?:[ \u00a0]cedex(?:[ \u00a0]\d{1,2})?)?`
const TAIL = new RegExp(String.raw`\s?,?\s(?:[FBL]-)?\d{4,5}[ \u00a0]${CITY}`, 'uy')
const NUMBER_LAST = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${SURE}|${OTHER})(?:[ \u00a0]\p{L}[\p{L}'’.-]{0,25}){1,6},?[ \u00a0]\d{1,4}[a-z]?(?=,?\s)`,
  'giu',
)
const BOX = /(?<![\p{L}\p{N}])(?:BP|B\.P\.|CS|TSA)[ \u00a0]?\d{2,6}(?![\p{L}\p{N}])/gu
/** The flat, stairs or building that comes before the street. */
const WITHIN =
  /(?<![\p{L}\p{N}])(?:(?:(?:b[âa]t(?:iment|\.)?|appartement|appt?\.?|apt\.?|r[ée]sidence|escalier|esc\.|porte|lot)[ \u00a0][\p{L}\p{N} '’-]{1,30}|\d{1,2}(?:e|er|[èe]me)[ \u00a0][ée]tage),\s?){1,3}$/iu
const REACH = 110

/**
 * French, Belgian and Luxembourg addresses: a number in a street, or a box with its postcode. A street alone is none.
 */
export const detectFrenchAddresses: Detector = (text) => {
  const findings: Finding[] = []
  for (const { 0: head, 1: sure, index } of text.matchAll(NUMBERED)) {
    const street = endOfStreet(text, index + head.length, sure !== undefined)
    if (street === undefined) continue
    const tail = matchAt(TAIL, text, street.end)
    if (sure === undefined && !street.isProper && tail === undefined) continue
    const end = street.end + (tail?.length ?? 0)
    findings.push({ kind: 'address', start: startWithin(text, index), end })
  }
  for (const { 0: head, index } of [...text.matchAll(NUMBER_LAST), ...text.matchAll(BOX)]) {
    const tail = matchAt(TAIL, text, index + head.length)
    if (tail !== undefined)
      findings.push({
        kind: 'address',
        start: startWithin(text, index),
        end: index + head.length + tail.length,
      })
  }
  return findings
}

const WORD = /[ \u00a0]((?:[dl]['’])?\p{L}[\p{L}'’.-]{0,30})/uy
/** `rue du 8 mai 1945`: a day that a street is called by. */
const DAY =
  /[ \u00a0]\d{1,2}(?:er)?[ \u00a0](?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)(?:[ \u00a0][12]\d{3})?(?!\d)/iuy
const PARTICLES = new Set(['de', 'du', 'des', 'la', 'le', 'les', 'aux', 'sous', 'et', 'en'])
/** What goes on after a street that was typed in lower case. */
const GOES_ON = new Set(
  'a à au est et qui que pour dans sur sous avec mais depuis car chez plus ou où pas ne je il elle on nous vous en y ici là merci svp puis quand alors si sans vers entre par is are was and the on in to of for'.split(
    ' ',
  ),
)
const MOST_WORDS = 8
const MOST_LOWER = 3

interface Street {
  readonly end: number
  /** Whether a word of its name has a capital. */
  readonly isProper: boolean
}

/** Where a street's name ends; undefined where none begins. */
function endOfStreet(text: string, start: number, isSure: boolean): Street | undefined {
  let at = start
  let end: number | undefined
  let isProper = false
  let lower = 0
  for (let words = 0; words < MOST_WORDS; words++) {
    const day = matchAt(DAY, text, at)
    if (day !== undefined) return { end: at + day.length, isProper: true }
    const found = matchAt(WORD, text, at)
    if (found === undefined) break
    const word = found.slice(1).replace(/[.'’-]+$/, '')
    const isLast = word.length + 1 < found.length
    at += word.length + 1
    if (/^(?:[dl]['’])?\p{Lu}/u.test(word)) {
      isProper = true
      end = at
    } else if (lower > 0 && GOES_ON.has(word)) break
    else if (!PARTICLES.has(word)) {
      if (!isSure || isProper || lower === MOST_LOWER || GOES_ON.has(word)) break
      lower += 1
      end = at
    }
    if (isLast) break
  }
  return end === undefined ? undefined : { end, isProper }
}

function startWithin(text: string, start: number): number {
  const before = WITHIN.exec(text.slice(Math.max(0, start - REACH), start))
  return before === null ? start : start - before[0].length
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
