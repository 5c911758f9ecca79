import { flatten } from '../../extraction/flatten.ts'
import type { ValueKind } from './types.ts'
import type { TypingWords } from './words.ts'

/** A value that a statement states, in a form by which two texts can be compared. */
export interface Value {
  readonly kind: ValueKind
  /** As written. */
  readonly text: string
  /** What is compared; steps of a path are separated by ` > `. */
  readonly key: string
  /** Of a number: what it counts. */
  readonly unit: string
}

/** Characters of a statement that values are read of. */
const MOST_READ = 1500
const CODE_SPAN = /(`+)([^`\n]{1,200})\1/g
const BOLD = /\*\*(?=[^\s*])([^*\n]{1,200})\*\*/g
const URL = /https?:\/\/[^\s<>)\]"]{1,300}/g
/** `*#06#`, `E-204`, `ERR_MODULE`, `0x80070005`, `192.168.1.1`, `--force`. */
const BARE_CODE =
  /(?<![\p{L}\p{N}*#])(?:[*#]{1,2}\d[\d*#]*(?:[a-z\d]{1,20}[*#])*|[A-Z]{1,6}[-_]?\d{2,6}[A-Z]?|0x[\dA-Fa-f]{2,16}|[A-Z]{2,12}(?:_[A-Z\d]{2,20}){1,6}|--[a-z][a-z-]{2,30}|\d{1,3}(?:\.\d{1,3}){3})(?![\p{L}\p{N}])/gu
const ARROW = /\s*(?:->|[>→➔➜›])\s*/u
const STEP = String.raw`[^>→➔➜›\n.;:!?,()|«»"]{1,60}`
/** `Settings > Sound > Output`, with any arrow. */
const PATH = new RegExp(`${STEP}(?:(?:->|[>→➔➜›])${STEP}){1,8}`, 'gu')
const NUMBER =
  /(?<![\p{L}\p{N}.,])([€$£] ?)?(\d{1,3}(?:[ {2}.,]\d{3})+|\d{1,15})([.,]\d{1,3})?(½)?(?:\s{0,12}([%€$£°]|[\p{L}²³'’]{1,24}))?/gu
const WORD = /(?<![\p{L}\p{N}])\p{L}{3,9}(?![\p{L}\p{N}])/gu
/** Words between steps of a path and what follows it. */
const BEHIND_PATH = / (?:and|then|to|et|puis|pour|ou|or|if|si|is|est|when|quand)(?= )/
const MONEY = /^(?:[€$£]|euros?|eur|dollars?|usd|pounds?|gbp|cents?|centimes?|francs?|chf)$/

/** Codes, paths through menus, amounts, durations and other numbers of a statement, in time linear in it. */
export function valuesOf(statement: string, words: readonly TypingWords[]): Value[] {
  const found: Value[] = []
  let rest = statement.slice(0, MOST_READ)
  const take = (pattern: RegExp, read: (match: readonly (string | undefined)[]) => Value[]) => {
    rest = rest.replace(pattern, (text: string, ...groups: (string | undefined)[]) => {
      found.push(...read([text, ...groups]))
      return ' '
    })
  }
  const code = (text: string) => [{ kind: 'code' as const, text, key: codeKey(text), unit: '' }]
  take(CODE_SPAN, ([, , text = '']) => code(text))
  take(URL, ([text = '']) => code(text.replace(/[.,/]+$/, '')))
  rest = rest.replace(BOLD, '$1').replace(/&gt;/g, '>')
  if (ARROW.test(rest)) take(PATH, ([text = '']) => pathOf(text))
  take(BARE_CODE, ([text = '']) => code(text))
  rest = rest.replace(/(?<=\p{L})[*_]+|[*_]+(?=\p{L})/gu, '').replace(WORD, (word) => {
    const flat = flatten(word)
    return words.map(({ numbers }) => numbers.get(flat)).find((digits) => digits !== undefined) ?? word
  })
  take(NUMBER, (match) => [numberOf(match, words)])
  return found
}

/** Codes to dial have places for what everybody fills in. */
function codeKey(text: string): string {
  const key = text.toLowerCase().replace(/\s+/g, ' ').trim()
  return /^[*#]/.test(key) ? key.replace(/\p{L}+|\d*x{2,}/gu, '') : key
}

function pathOf(text: string): Value[] {
  const steps = text.split(ARROW).map((step) => step.trim())
  if (steps.length < 2 || steps.some((step) => !/\p{L}/u.test(step))) return []
  const first = steps[0]!.split(' ')
  let from = first.findLastIndex((word) => /^\p{Lu}/u.test(word))
  while (from > 0 && /^\p{Lu}/u.test(first[from - 1]!)) from -= 1
  steps[0] = first.slice(Math.max(from, 0)).join(' ')
  steps[steps.length - 1] = steps.at(-1)!.split(BEHIND_PATH, 1)[0]!
  const key = steps
    .map((step) =>
      flatten(step)
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim(),
    )
    .join(' > ')
  return [{ kind: 'path', text: steps.join(' > '), key, unit: '' }]
}

function numberOf(match: readonly (string | undefined)[], words: readonly TypingWords[]): Value {
  const [all = '', currency, whole = '', fraction = '', half = '', after = ''] = match
  const digits = whole.replace(/[ {2}.,](?=\d{3})/g, '')
  const key = digits + (half === '' ? fraction.replace(',', '.').replace(/\.?0+$/, '') : '.5')
  const text = all.trim()
  const alone = `${currency ?? ''}${whole}${fraction}${half}`
  const flat = flatten(after).replace(/'/g, '')
  const time = words.map(({ units }) => units.get(flat)).find((each) => each !== undefined)
  if (currency !== undefined) return { kind: 'amount', text: alone, key, unit: 'money' }
  if (MONEY.test(flat)) return { kind: 'amount', text, key, unit: 'money' }
  if (time !== undefined) return { kind: 'duration', text, key, unit: time }
  if (flat.length < 3) return { kind: 'number', text: alone, key, unit: flat }
  return { kind: 'number', text, key, unit: flat.replace(/[sx]$/, '') }
}

/** Whether two values are the same, or one is the other's end or beginning. */
export function isSame(one: Value, other: Value): boolean {
  if (one.kind === 'path' || other.kind === 'path')
    return one.kind === other.kind && sharesEnd(one.key.split(' > '), other.key.split(' > '))
  if (one.kind === 'code' && other.kind === 'code')
    return (
      one.key === other.key ||
      (/^[*#]/.test(one.key) && (one.key.startsWith(other.key) || other.key.startsWith(one.key)))
    )
  if (one.kind === 'code' || other.kind === 'code')
    return one.key.replace(/\D/g, '') === other.key.replace(/\D/g, '') && /\d/.test(one.key)
  if (one.kind !== 'number' && other.kind !== 'number' && one.unit !== other.unit) return false
  return one.key === other.key
}

/** Whether the shorter of two paths is the end of the longer; what follows the name of its last step is no matter. */
function sharesEnd(one: readonly string[], other: readonly string[]): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  const tail = long.slice(-short.length)
  return short.every(
    (step, at) =>
      step === tail[at] || `${step} `.startsWith(`${tail[at]} `) || `${tail[at]} `.startsWith(`${step} `),
  )
}

/** Whether two paths end beside each other: all the same but for the last step. */
export function areSiblings(one: Value, other: Value): boolean {
  if (one.kind !== 'path' || other.kind !== 'path' || isSame(one, other)) return false
  const parent = (key: string) => key.split(' > ').slice(-3, -1).at(-1)
  return parent(one.key) === parent(other.key)
}

/** Whether two paths end in the same step by other ways. */
export function hasMoved(one: Value, other: Value): boolean {
  const last = (key: string) => key.split(' > ').at(-1)
  return (
    one.kind === 'path' && other.kind === 'path' && !isSame(one, other) && last(one.key) === last(other.key)
  )
}
