import type { Detector, Finding } from './finding.ts'

const SURE = String.raw`rue|avenue|av\.?|boulevard|bd\.?|bld|all[ée]e|impasse|chemin|ruelle|route|rte`
/** Words that count other things too (`2 cours`, `3 places`). */
const OTHER = String.raw`place|quai|cours|square|passage|r[ée]sidence|lotissement|hameau|faubourg|sentier|esplanade|promenade|villa|cit[ée]|voie|chauss[ée]e|mont[ée]e|traverse|venelle|parvis|clos|domaine|rond-point`
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
const BOX = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:BP|B\.P\.|CS|TSA)[ \u00a0]?\d{2,6}(?![\p{L}\p{N}])`, 'gu')
/** The flat, stairs or building that comes before the street. */
const WITHIN =
  /(?<![\p{L}\p{N}])(?:(?:(?:b[âa]t(?:iment|\.)?|appartement|appt?\.?|apt\.?|r[ée]sidence|escalier|esc\.|porte|lot)[ \u00a0][\p{L}\p{N} '’-]{1,30}|\d{1,2}(?:e|er|[èe]me)[ \u00a0][ée]tage),\s?){1,3}$/iu
const REACH = 110

/** French, Belgian and Luxembourg addresses: a number in a street, or a box with its postcode. A street alone is none. */
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
      findings.push({ kind: 'address', start: startWithin(text, index), end: index + head.length + tail.length })
  }
  return findings
}

const WORD = /[ \u00a0]((?:[dl]['’])?)([\p{L}\p{N}][\p{L}\p{N}'’.-]{0,30})/uy
const PARTICLES = new Set(['de', 'du', 'des', 'la', 'le', 'les', 'aux', 'sur', 'sous', 'et', 'en'])
/** What goes on after a street that was typed in lower case. */
const GOES_ON = new Set(
  'a à au est et qui que pour dans sur sous avec mais depuis car chez plus ou où pas ne je il elle on nous vous en y ici là merci svp puis quand alors si sans vers entre par'.split(
    ' ',
  ),
)
const MOST_WORDS = 8
const MOST_LOWER = 3

/** Where a street's name ends; undefined where none begins. A proper one has a word with a capital. */
function endOfStreet(
  text: string,
  start: number,
  isSure: boolean,
): { readonly end: number; readonly isProper: boolean } | undefined {
  let at = start
  let end: number | undefined
  let isProper = false
  let lower = 0
  for (let words = 0; words < MOST_WORDS; words++) {
    WORD.lastIndex = at
    const [found, , written = ''] = WORD.exec(text) ?? []
    if (found === undefined) break
    const word = written.replace(/[.'’-]+$/, '')
    const folded = word.toLowerCase()
    const isNumber = /^\d{1,4}(?:er)?$/.test(word)
    if (/^\d/.test(word) && (!isNumber || isPostcode(text, at, word))) break
    if (/^\p{Lu}/u.test(word)) isProper = true
    else if (!isNumber && !(PARTICLES.has(folded) && (lower === 0 || folded.length < 4))) {
      if (!isSure || GOES_ON.has(folded) || lower === MOST_LOWER || isProper) break
      lower += 1
    } else if (lower > 0 && GOES_ON.has(folded)) break
    at += found.length - (written.length - word.length)
    if (!PARTICLES.has(folded) && !(isNumber && end === undefined)) end = at
    else if (isNumber && isProperDate(text, at)) end = undefined
    if (written.length !== word.length) break
  }
  return end === undefined ? undefined : { end, isProper }
}

function isPostcode(text: string, at: number, word: string): boolean {
  return word.length === 5 || matchAt(TAIL, text, at) !== undefined
}

/** `rue du 8 mai 1945`: the street is called by a day. */
function isProperDate(text: string, at: number): boolean {
  return /^[ \u00a0](?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)/iu.test(
    text.slice(at, at + 12),
  )
}

function startWithin(text: string, start: number): number {
  const before = WITHIN.exec(text.slice(Math.max(0, start - REACH), start))
  return before === null ? start : start - before[0].length
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
