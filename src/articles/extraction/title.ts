import { plainText } from '../../text/markdown/plain-text.ts'
import { bare, capitalised, isCourtesy, withoutGreeting, withoutTrailingPlea } from './courtesy.ts'
import { flatten } from './flatten.ts'
import type { Piece } from './pieces.ts'
import type { DraftWords } from './words.ts'

const LONGEST = 120
/** Titles of hostile sources have any length; no more of one is read. */
const MOST_READ = 600
/** Sentences of a block among which one that asks is looked for. */
const MOST_SENTENCES = 100
/** Fewer words ask nothing once the rest is cut. */
const FEWEST_WORDS = 3
const TAG_AT_START =
  /^\s*(?:\[[^[\]]{0,40}\]|\((?:r[eé]solue?|solved|fixed|closed|urgent)\)|(?:re|tr|fwd?) ?:)\s*[-–:]?\s*/i
const TAG_AT_END = /\s*[-–:]?\s*(?:\[[^[\]]{0,40}\]|\((?:r[eé]solue?|solved|fixed|closed|urgent)\))\s*$/i
/** `part, rest`, `rest - part`: marks between noise and the rest of a title. */
const FIRST_PART =
  /^[\s*_#!¡¿"«“]*([^,;:!?.–—|()-]{1,40}(?:-[^,;:!?.–—|() -]{1,12})?)[\s\u00a0\u202f]*(?:[,;:!?.–—|]+|\s-+\s)[\s,;:!?.–—|-]*(?=\S)/u
const LAST_PART =
  /(?:[\s\u00a0\u202f]*[,;:!?.–—|(]+|\s-+|^)[\s\u00a0\u202f(]*([^,;:!?.–—|()]{1,40}?)[\s\u00a0\u202f!.?*)]*$/u

/**
 * The title of a draft as a customer would ask it: the thread's own, or the first sentence of the question that asks
 * where the thread's says nothing; without tags, greetings, pleas, shouting and trailing detail. Words are only left
 * out, never added.
 *
 * @param issue pieces of the cleaned question
 */
export function titleOf(
  title: string,
  issue: readonly Piece[],
  { words, names }: { readonly words: readonly DraftWords[]; readonly names: ReadonlySet<string> },
): string {
  const body = issue
    .map(({ raw }) => raw)
    .join('\n')
    .slice(0, 20_000)
  const own = trimmed(title.slice(0, MOST_READ).replace(/\s*\n\s*/g, ' '), body, words, names)
  if (own !== '' && !words.some(({ emptyTitle }) => emptyTitle.test(bare(own)))) return shortened(own)
  const sentences = issue.flatMap(({ sentences }) =>
    sentences.slice(0, MOST_SENTENCES).map(({ text }) => text),
  )
  const asking =
    sentences.find((text) => asks(text, words)) ?? sentences.find((text) => !isCourtesy(text, words, 'asker'))
  const found = trimmed(
    plainText((asking ?? '').slice(0, MOST_READ)).replaceAll('\n', ' '),
    body,
    words,
    names,
  )
  return shortened(found || own || firstLine(body))
}

function asks(text: string, words: readonly DraftWords[]): boolean {
  const count = text.split(/\s+/).length
  if (count < FEWEST_WORDS) return false
  return text.includes('?') || (count > 4 && words.some(({ asking }) => asking.test(bare(text))))
}

function trimmed(
  title: string,
  body: string,
  words: readonly DraftWords[],
  names: ReadonlySet<string>,
): string {
  let text = title.trim()
  for (let before = ''; before !== text; ) {
    before = text
    text = text.replace(TAG_AT_START, '').replace(TAG_AT_END, '').trim()
    text = withoutNoise(withoutGreeting(text, words, names), words).trim()
  }
  text = withoutDetail(text, words)
  text = text
    .replace(/([!?])(?:[ \u00a0\u202f]?[!?])+/g, (marks) => (marks.includes('?') ? '?' : '!'))
    .replace(/[ \u00a0\u202f]*(?:!|\.{2,}|…|[;:,])+$/u, '')
    .replace(/(?<!\b(?:etc|\p{L}))\.$/u, '')
    .replace(/\s+([)\]])$/, '$1')
    .trim()
  return capitalised(withoutShouting(text, body))
}

/** A title without the words at either end that ask for help rather than for something. */
function withoutNoise(title: string, words: readonly DraftWords[]): string {
  const isNoise = (part: string) => words.some(({ titleNoise }) => titleNoise.test(bare(part)))
  if (isNoise(title)) return title
  const first = FIRST_PART.exec(title)
  if (first !== null && isNoise(first[1]!)) return title.slice(first[0].length)
  const last = LAST_PART.exec(title)
  if (last !== null && last.index > 0 && isNoise(last[1]!)) {
    const mark = /^[ \u00a0\u202f]*\?/.exec(last[0])?.[0] ?? ''
    return title.slice(0, last.index) + mark
  }
  return withoutTrailingPlea(title, words)
}

/** A title without what follows its question, parentheses at its end, and when it began. */
function withoutDetail(title: string, words: readonly DraftWords[]): string {
  let text = title
  const question = text.indexOf('?')
  if (
    question > 0 &&
    countWords(text.slice(0, question)) >= FEWEST_WORDS &&
    /^\?[?! \u00a0\u202f]*\s/.test(text.slice(question))
  )
    text = text.slice(0, question + 1)
  const parentheses = /\s*\([^()]{1,60}\)\s*$/.exec(text)
  if (parentheses !== null && countWords(text.slice(0, parentheses.index)) > FEWEST_WORDS)
    text = text.slice(0, parentheses.index)
  for (const { titleTime } of words) {
    const found = titleTime.exec(flatten(text.replace(/[\s.!]+$/, '')))
    if (found !== null && countWords(text.slice(0, found.index)) > 1) text = text.slice(0, found.index)
  }
  for (let cuts = 0; cuts < 2; cuts += 1) {
    const last = /, ([^,?]+)$/.exec(text)
    if (last === null || countWords(last[1]!) > 2 || countWords(text.slice(0, last.index)) < 5) break
    text = text.slice(0, last.index)
  }
  return text
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/** Capitals throughout, and long words in capitals, become lower case, but for words that the question itself writes in another way. */
function withoutShouting(title: string, body: string): string {
  const letters = title.replace(/[^\p{L}]/gu, '')
  const capitals = letters.replace(/[^\p{Lu}]/gu, '').length
  const isShouted = letters.length >= 10 && capitals >= letters.length * 0.6
  const loud = isShouted ? WORD : LOUD
  if (title.search(loud) < 0) return title
  const written = new Map<string, string>()
  for (const { 0: word, index } of body.matchAll(WORD)) {
    const isSentenceStart = /(?:^|[.!?:]\s+|\n\s*)$/.test(body.slice(Math.max(0, index - 4), index))
    if (!isSentenceStart && !written.has(word.toLowerCase())) written.set(word.toLowerCase(), word)
  }
  return title.replace(loud, (run) =>
    run.length < SHORTEST_LOUD && run.includes(' ') && !isShouted
      ? run
      : run.replace(WORD, (word) => {
          const lower = word.toLowerCase()
          return written.get(lower) ?? (/\d/.test(word) || ACRONYM.test(word) ? word : lower)
        }),
  )
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu
/** Shorter runs of capitals are names, as `IBM Q`. */
const SHORTEST_LOUD = 9
/** A long word in capitals, or several. */
const LOUD =
  /(?<![\p{L}\p{N}'’-])(?:\p{Lu}{7,}|\p{Lu}[\p{Lu}'’]+(?: \p{Lu}[\p{Lu}'’]*)+)(?![\p{L}\p{N}'’-])/gu
const ACRONYM =
  /^(?:TV|SIM|SMS|MMS|ADSL|VDSL|USB|PC|DNS|IP|IPV4|IPV6|LAN|VPN|NAS|PDF|QR|RIO|GPS|HTTP|HTTPS|HDMI|NAT|4G|5G|3G|CPL|PIN|PUK|IBAN)$/

function shortened(title: string): string {
  if (title.length <= LONGEST) return title
  const head = title.slice(0, LONGEST - 1)
  const space = head.lastIndexOf(' ')
  const cut = space > LONGEST / 2 ? head.slice(0, space) : head.replace(/[\ud800-\udbff]$/, '')
  return `${cut.replace(/[\s,;:(–—-]+$/, '')}…`
}

function firstLine(markdown: string): string {
  return plainText(markdown.slice(0, MOST_READ)).split('\n', 1)[0] ?? ''
}
