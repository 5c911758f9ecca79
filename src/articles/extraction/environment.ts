import { flatten } from './flatten.ts'
import { MASK, maskSpans } from './inline-spans.ts'
import type { Piece } from './pieces.ts'
import type { DraftWords } from './words.ts'

/** Prose read of one piece; what a customer uses is named early. */
const MOST_READ = 20_000
const MOST_NAMES = 8
/** Systems and devices that no cue needs to stand beside, with the version or model behind them. */
const DEVICE =
  /(?<![\p{L}\p{N}])(?:Windows|macOS|Mac ?OS(?: X)?|Mac[Bb]ook(?: Air| Pro)?|iMac|iPadOS|iOS|i?Phone OS|Android|Linux|Ubuntu|Debian|Fedora|i[Pp]hone|i[Pp]ad|Galaxy|Samsung|Pixel|Xiaomi|Redmi|Huawei|Honor|Oppo|OnePlus|Nokia|Motorola|Fairphone|Chromebook|Chrome|Firefox|Safari|Edge|Opera|Outlook|Thunderbird|Raspberry Pi|Synology|PlayStation|PS[345]|Xbox|Nintendo Switch|Apple TV|Chromecast|PowerShell|Node\.js|Python|PHP|PostgreSQL|MySQL|nokia|iphone|ipad|android|samsung|xiaomi|huawei)(?![\p{L}\p{N}])(?:[ \u00a0](?:\d[\p{L}\p{N}]*(?:\.\d+)*|[A-Z]{1,3}\d+\p{L}*|Galaxy|Note|Pro|Max|Plus|Ultra|Mini|mini|SE|Air|Series|Redmi|XS|XR|X|Server|LTS|Home)(?![\p{L}\p{N}]))*/gu
const BAND = /(?<![\p{L}\p{N}.,])\d(?:[.,]\d)?[ \u00a0]?GHz(?!\p{L})/gu
const NAME = String.raw`\p{Lu}[\p{L}\p{N}]*(?:[-.]\p{Lu}?[\p{L}\p{N}]+)*`
/** Capitalised words in a row, with a number, a version or an amount behind them. */
const CAPITALISED = new RegExp(
  String.raw`(?<![\p{L}\p{N}&/-])${NAME}(?:[ \u00a0]${NAME})*(?:[ \u00a0]\d+(?:[.,]\d+)?[ \u00a0](?:Go|GB|Mb/s|Gb/s|Mo)(?![\p{L}])|[ \u00a0]v?\d+(?:[.,]\d+)*(?![\p{L}\p{N}:%/€$£-]|[.,]\d| ?[€$£%]))?`,
  'gu',
)
const VERSION =
  /(?<![\p{L}\p{N}])(?:versions?|v|firmware|build|logiciel|micrologiciel)[ \u00a0]?v?\d+(?:\.\d+)+[\w.-]*/giu

interface Found {
  readonly text: string
  readonly at: number
  readonly piece: Piece | undefined
}

interface Names {
  readonly words: readonly DraftWords[]
  /** Tags and labels, as `plain` writes them. */
  readonly known: ReadonlySet<string>
  /** Names of the thread's members, flattened. */
  readonly members: ReadonlySet<string>
  /** What others wrote in the thread. */
  readonly elsewhere: string
  /** What is taken from the answers: they say for which version, device or plan something is so. */
  readonly answers: readonly Piece[]
}

/**
 * Products, plans, devices, systems and versions that the asker names, each as written and once. A capital alone is no
 * product: a cue stands beside it, a number behind it, the community itself knows the name, or others use it too.
 *
 * @param options.names tags and labels of the threads
 * @param options.elsewhere what others wrote in the threads
 * @returns names in the order of the texts, with the posts that state them; none for those of a title
 */
export function environmentOf(
  titles: readonly string[],
  pieces: readonly Piece[],
  options: Omit<Names, 'known'> & { readonly names: readonly string[] },
): { readonly text: string; readonly postIds: readonly string[] }[] {
  const names: Names = {
    ...options,
    known: new Set(options.names.map(plain).filter((name) => name.length > 2)),
  }
  const found: Found[] = []
  for (const piece of pieces)
    if (piece.kind === 'prose' || piece.kind === 'list')
      found.push(...namesIn(piece.raw.slice(0, MOST_READ), piece, names))
  for (const title of titles)
    if (!TITLE_CASE.test(title.slice(0, 300))) found.push(...namesIn(title.slice(0, 300), undefined, names))
  for (const piece of options.answers) {
    const masked = masksIn(piece.raw.slice(0, MOST_READ))
    for (const pattern of [VERSION, DEVICE, NAMED_PLAN])
      for (const { 0: text, index } of masked.matchAll(pattern)) found.push({ text, at: index, piece })
  }
  const kept: Found[] = []
  for (const each of found) {
    const key = ` ${plain(each.text)} `
    if (kept.some(({ text }) => ` ${plain(text)} `.includes(key))) continue
    const shorter = kept.findIndex(({ text }) => key.includes(` ${plain(text)} `))
    if (shorter >= 0) kept[shorter] = each
    else if (kept.length < MOST_NAMES) kept.push(each)
  }
  return kept.map(({ text, piece }) => ({ text, postIds: piece?.postIds ?? [] }))
}

function namesIn(raw: string, piece: Piece | undefined, names: Names): Found[] {
  const masked = masksIn(raw)
  const found: Found[] = []
  for (const pattern of [DEVICE, VERSION, BAND, ...names.words.map((words) => words.numberedDevice)])
    for (const { 0: text, index } of masked.matchAll(pattern)) found.push({ text, at: index, piece })
  const devices = new Set(found.flatMap(({ text, at }) => Array.from(text, (_, each) => at + each)))
  for (const { 0: text, index } of masked.matchAll(CAPITALISED)) {
    if (Array.from(text).some((_, at) => devices.has(index + at))) continue
    // `My Brumélis > Lines` is a way through menus.
    if (masked.startsWith(' >', index + text.length)) continue
    const isStart = SENTENCE_START.test(masked.slice(Math.max(0, index - 30), index))
    const kind = isStart ? withoutFirst(text, names) : 0
    const name = text.slice(kind)
    const isListed = found.some(
      ({ at, text: other }) =>
        at + other.length + 2 === index + kind &&
        masked.startsWith(', ', at + other.length) &&
        /[ \u00a0]/.test(name),
    )
    if (isListed || isProduct(name, masked, index + kind, names))
      found.push({ text: name, at: index + kind, piece })
  }
  return found.sort((a, b) => a.at - b.at)
}

/** Markdown in which code, addresses and emphasis are masked. */
function masksIn(raw: string): string {
  return maskSpans(raw).replace(/[*_]{1,2}/g, (marks) => MASK.repeat(marks.length))
}

/** How long the words before a name are that have a capital only because a sentence begins: `My Brumabox`. */
function withoutFirst(text: string, { words }: Names): number {
  let at = 0
  for (const part of text.split(/(?<=[ \u00a0])/)) {
    const isNone = words.some(({ noProduct }) => noProduct.test(flatten(part.trim())))
    const isNext = /^\p{Lu}/u.test(text.slice(at + part.length))
    if (!isNext || !(isNone || KIND.test(part))) return at
    at += part.length
  }
  return at
}

/** What kind of product a name is. */
const KIND = /^(?:Forfait|Offre|Formule|Abonnement|Pack|Box|Plan)[ \u00a0]$/
/** What a plan is called by, before its name. */
const PLAN = /^(?:Fibre|Fiber|Forfait|Offre|Formule)[ \u00a0]/
/** `Fibre Pro`: a plan wherever it stands, as answers say for whom they hold. */
const NAMED_PLAN =
  /(?<![\p{L}\p{N}])(?:Fibre|Fiber|Forfait|Offre|Formule)[ \u00a0]\p{Lu}\p{Ll}+(?! >)(?![\p{L}\p{N}])/gu
/** Where most words have capitals, these tell nothing. */
const TITLE_CASE = /^(?:\p{Lu}[^\s]*\s+(?:(?:a|an|and|of|the|to|in|on|for|with|de|du|la|le)\s+)*){4}/u
const SENTENCE_START = /(?:^|[.!?:…]\s+|\n\s*(?:[-*+]\s+)?|[«“"(][\s\u00a0\u202f]?)$/

function isProduct(name: string, masked: string, at: number, names: Names): boolean {
  const { words, known, members, elsewhere } = names
  const parts = name.split(/[ \u00a0]/)
  const first = flatten(parts[0]!)
  const isNone = (part: string) => words.some(({ noProduct }) => noProduct.test(flatten(part)))
  if (words.length === 0 || parts.some(isNone) || members.has(first)) return false
  const after = flatten(masked.slice(at + name.length, at + name.length + 20))
  if (!/\p{Ll}/u.test(name) || after.startsWith("'s")) return false
  const key = plain(name).replace(/ \d.*$/, '')
  const isKnown = known.has(key) || known.has(key.replaceAll(' ', ''))
  const before = masked.slice(Math.max(0, at - 30), at)
  const hasKind = words.some(({ productKind }) => productKind.test(after))
  const isLong = parts.length > 1 && /^\p{Lu}/u.test(parts[1]!)
  if (isKnown && isLong) return true
  const isNamedElsewhere = elsewhere.includes(name.replace(/[ \u00a0]\d.*$/, ''))
  const isMixed = parts.some((part) => /\p{Ll}\p{Lu}/u.test(part))
  const hasNumber = /[ \u00a0]v?\d+(?:\.\d+)*$/u.test(name)
  // The first word of a sentence has its capital from there.
  if (SENTENCE_START.test(before) && !isMixed)
    return (
      hasKind ||
      (hasNumber && (isLong || isNamedElsewhere)) ||
      (isLong && (isNamedElsewhere || known.has(first) || PLAN.test(name)))
    )
  const cued = flatten(before)
  const hasCue = words.some(
    ({ productCue, looseCue }) => productCue.test(cued) || ((isLong || isMixed) && looseCue.test(cued)),
  )
  if (isKnown || hasCue || hasKind || hasNumber || (isLong && known.has(first))) return true
  return isNamedElsewhere && (isLong || isMixed)
}

/** A name as tags write it, words apart. */
function plain(name: string): string {
  return flatten(name)
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim()
}
