import { fold } from '../terms/fold.ts'
import type { Finding } from './finding.ts'
import { isGivenName, isNoName, ROLES } from './name-words.ts'

const CAPITAL = String.raw`(?:[DLO]['’])?\p{Lu}[\p{L}'’]{0,30}(?:-\p{Lu}[\p{L}'’]{1,30}){0,3}`
const PARTICLE = String.raw`(?:(?:de|du|des|de la|van|von|van der|der|den|le|la|el|al|ben|bin|di|da|dos)[ \u00a0]|d['’])`
const INITIALS = String.raw`(?:\p{Lu}\.[ \u00a0]?){0,2}`
const NAME = String.raw`${PARTICLE}?${INITIALS}${CAPITAL}(?:[ \u00a0]${PARTICLE}?${CAPITAL}){0,3}`
const NAME_HERE = new RegExp(String.raw`${NAME}(?![\p{L}\p{N}])`, 'uy')
/** Words in lower case, where they can only be a name. */
const LOWER_HERE = /\p{L}{2,20}(?:-\p{L}{2,20})?(?:[ \u00a0]\p{L}{2,20})?(?![\p{L}\p{N}])/uy

const START = String.raw`(?<![\p{L}\p{N}'’-])`
/** After these comes a name, whatever it looks like. */
const SURE_CUE = new RegExp(
  String.raw`${START}(?:je m['’]appelle|moi[,]? c['’]est|mon nom est|au nom (?:de |d['’])|sign[ée] :?[ \u00a0]?|my name(?: is|['’]s) |in the name of |on behalf of |account holder(?: is)?[ \u00a0]?:? ?|titulaire(?: est)?[ \u00a0]?:? ?|(?:pr[ée])?nom(?: de famille)?[ \u00a0]?: ?|(?:(?:first|last|full|sur) ?)?name: ?|contact[ \u00a0]?: ?)[ \u00a0]?`,
  'giu',
)
const TITLE = new RegExp(
  String.raw`${START}(?:M\.|MM\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Docteur|Pr\.?|Monsieur|Madame|Mademoiselle|Maître|Me)[ \u00a0]`,
  'gu',
)
/** After these comes a name, a city, a product …: the name must look like one. */
const POSSIBLE_CUE = new RegExp(
  `${START}(?:je suis |s['’]appelle |c['’]est |i['’]m |i am |this is |here is |demande[rz] |appele[rz] |rappele[rz] |contacte[rz] |joindre |pr[ée]veni[rz] |chez |avec |ask for |speak to |speak with |talk to |call |contact |mon conseiller[, ]{1,2})(?:à )?`,
  'giu',
)
const CLOSING =
  /^[ \t>*_]*(?:(?:bien |tr[èe]s )?cordialement|cdl?t|(?:meilleures |sinc[èe]res )?salutations|(?:bien )?(?:à vous|à toi)|amicalement|bonne (?:journ[ée]e|soir[ée]e|fin de journ[ée]e)|(?:mille |encore )?mercis?(?: (?:d['’]avance|beaucoup|à vous|à tous))?|(?:best|kind|warm|many)? ?(?:regards|wishes|thanks)|best|thank you|cheers|sincerely|yours(?: (?:truly|sincerely|faithfully))?)[ ,.!…]*$/iu

/** The same formulas with the name on their line, where the line ends. */
const CLOSING_BEFORE = new RegExp(
  `${START}(?:cordialement|cdl?t|salutations|(?:à|a) (?:vous|toi)|amicalement|bonne (?:journ[ée]e|soir[ée]e)|merci(?: d['’]avance| beaucoup)?|regards|thanks(?: [a-z ]{1,30})?|thank you|cheers|sincerely)[,.!…]{0,2} `,
  'giu',
)

/**
 * Names of people where the text marks them as such: after an introduction, a title or a closing formula, and beside
 * an e-mail address or a phone number. A name in the middle of a sentence without any of these is not looked for:
 * nothing tells it from a city or a product.
 *
 * @param contacts e-mail addresses and phone numbers of the same text, in order
 */
export function detectNames(text: string, contacts: readonly Finding[]): Finding[] {
  const findings: Finding[] = []
  const add = (found: Finding | undefined) => found !== undefined && findings.push(found)
  for (const { 0: cue, index } of text.matchAll(SURE_CUE)) {
    add(nameAt(text, index + cue.length, 'sure') ?? lowerNameAt(text, index + cue.length))
  }
  for (const { 0: cue, index } of text.matchAll(TITLE)) add(nameAt(text, index + cue.length, 'sure'))
  for (const { 0: cue, index } of text.matchAll(POSSIBLE_CUE)) add(nameAt(text, index + cue.length, 'likely'))
  for (const { 0: cue, index } of text.matchAll(CLOSING_BEFORE)) {
    const start = index + cue.length
    const end = text.indexOf('\n', start)
    if (NAME_START.test(text[start] ?? ''))
      add(
        signatureOn(
          text,
          start,
          text.slice(start, end === -1 ? undefined : Math.min(end, start + LONGEST_LINE + 1)),
        ),
      )
  }
  for (const found of signatures(text)) add(found)
  for (const contact of contacts) {
    add(nameBefore(text, contact))
    if (contact.kind === 'email') for (const found of namesOf(text, contact)) add(found)
  }
  return findings
}

/**
 * The name that begins here, without words that cannot be part of one.
 *
 * @param trust `sure` takes any; `likely` wants a given name
 */
function nameAt(text: string, at: number, trust: 'sure' | 'likely'): Finding | undefined {
  NAME_HERE.lastIndex = at
  const found = NAME_HERE.exec(text)?.[0]
  if (found === undefined) return undefined
  const words = found.split(/[ \u00a0]/)
  const end = words.findIndex((word) => /^\p{Lu}/u.test(word) && isNoName(word))
  const name = words.slice(0, end === -1 ? words.length : end).join(' ')
  if (name.length < 2 || (trust === 'likely' && !isGivenName(words[0]!))) return undefined
  return { kind: 'name', start: at, end: at + name.length }
}

/** `je m'appelle thomas petit`: what was typed without capitals must begin with a given name. */
function lowerNameAt(text: string, at: number): Finding | undefined {
  LOWER_HERE.lastIndex = at
  const found = LOWER_HERE.exec(text)?.[0]
  const [given, family] = found?.split(/[ \u00a0]/) ?? []
  if (given === undefined || !isGivenName(given)) return undefined
  const isFamily = family !== undefined && family.length > 2 && !AFTER_NAME.has(fold(family))
  return { kind: 'name', start: at, end: at + given.length + (isFamily ? family.length + 1 : 0) }
}

const AFTER_NAME = new Set(
  'and are avec but can depuis dont est for from have has has habite mais mon pour puis que qui suis the who with'.split(
    ' ',
  ),
)

const LONGEST_LINE = 120
const NAME_START = /\p{Lu}/u

/** Lines that hold a name and nothing else, under a closing formula. */
function* signatures(text: string): Generator<Finding> {
  let at = 0
  let isAfterClosing = false
  for (const line of text.split('\n')) {
    const start = at + (/^[\s>*_-]*/.exec(line)?.[0].length ?? 0)
    at += line.length + 1
    if (line.length > LONGEST_LINE || line.trim() === '') continue
    if (isAfterClosing) {
      const found = signatureOn(text, start, line)
      if (found !== undefined) yield found
    }
    isAfterClosing = CLOSING.test(line)
  }
}

function signatureOn(text: string, start: number, line: string): Finding | undefined {
  const found = nameAt(text, start, 'sure') ?? lowerNameAt(text, start)
  if (found === undefined) return undefined
  const name = text.slice(found.start, found.end)
  const words = name.split(/[ \u00a0]/)
  const rest = line.slice(line.indexOf(name) + name.length)
  const isAlone = /^[\s*_.!]*$|^\s?[,(–—-]/.test(rest)
  return isAlone && (words.length > 1 || isGivenName(name)) ? found : undefined
}

const BESIDE =
  /(?:[ \u00a0]?[,:;(<[–—-]{1,2}|[ \u00a0](?:au|sur|at|on|à|t[ée]l\.?|mail))?[ \u00a0]?[(<[]?(?:mailto:)?$|[ \u00a0*_]*\n{1,2}[ \u00a0>]*(?:t[ée]l\.? ?:? ?|mobile ?:? ?|phone ?:? ?|mail ?:? ?)?$/iu
const NAME_LAST = new RegExp(String.raw`(?<![\p{L}\p{N}'’.-])${NAME}$`, 'u')
const REACH = 120

/** The name that ends where a contact begins, with at most a mark or a small word between the two. */
function nameBefore(text: string, { start }: Finding): Finding | undefined {
  const head = text.slice(Math.max(0, start - REACH), start)
  const between = BESIDE.exec(head)?.[0] ?? ''
  const before = head.slice(0, head.length - between.length)
  const found = NAME_LAST.exec(before)?.[0]
  if (found === undefined) return undefined
  let words = found.split(/[ \u00a0]/)
  const given = words.findIndex(isGivenName)
  words = words.slice(Math.max(given, words.findLastIndex(isNoName) + 1))
  if (words.length === 0 || (given === -1 && words.length < 2)) return undefined
  const name = words.join(' ')
  const end = start - between.length
  return { kind: 'name', start: end - name.length, end }
}

const NEAR = 100
const WORD = /(?<![\p{L}\p{N}@._-])\p{Lu}[\p{L}'’]{2,30}(?![\p{L}\p{N}@_-])/gu

/** Words near an e-mail address that it is made of: `Camille … camille.vasseur@`. */
function* namesOf(text: string, { start, end }: Finding): Generator<Finding> {
  const address = text.slice(start, end)
  const parts = new Set(
    fold(address.split('@', 1)[0]!.replaceAll(/[._+\d-]/g, ' ')) === '' ? [] : partsOf(address),
  )
  if (parts.size === 0) return
  const from = Math.max(0, start - NEAR)
  for (const { 0: word, index } of text.slice(from, end + NEAR).matchAll(WORD)) {
    const at = from + index
    if (at + word.length > start && at < end) continue
    if (parts.has(fold(word)) && !isNoName(word)) yield { kind: 'name', start: at, end: at + word.length }
  }
}

function partsOf(address: string): string[] {
  const local = address.split('@', 1)[0]!
  return local
    .split(/[._+\d-]/)
    .map(fold)
    .filter((part) => part.length > 2 && !ROLES.has(part))
}
