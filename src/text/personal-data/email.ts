import type { Detector, Finding } from './finding.ts'

/** The sign as it is typed, as URLs and HTML spell it, and as people do who hide from robots. */
const AT = /@|%40|&#64;|&#x40;|&commat;|\s?[[({<]\s?(?:at|arobase|chez)\s?[\])}>]\s?| arobase /gi
const LOCAL = /[\p{L}\p{N}._+'’-]/u
const DOMAIN = /(?:[\p{L}\p{N}-]{1,63}\.){1,8}(?:xn--[a-z0-9-]{2,30}|\p{L}{2,24})(?![\p{L}\p{N}_@])/iuy
const SPELT_DOT = String.raw`(?:\.|\s?[[({<]\s?(?:dot|point|pt|\.)\s?[\])}>]\s?|\s(?:dot|point)\s)`
const SPELT_DOMAIN = new RegExp(
  String.raw`[\p{L}\p{N}-]{1,63}(?:${SPELT_DOT}[\p{L}\p{N}-]{1,63}){0,6}${SPELT_DOT}\p{L}{2,24}(?![\p{L}\p{N}_])`,
  'iuy',
)
const LONGEST_LOCAL = 64
/** `https://user:secret@host`, `postgres://…`: who logs in there is no address. */
const CREDENTIALS = /:\/\/[^\s/?#]{0,200}$/
/** Accounts that copy repositories, in `git@host:path`. */
const REPOSITORY = /^(?:git|hg|svn)$/
/** `logo@2x.png`: a picture for dense screens. */
const DENSITY = /^\d(?:\.\d)?x\./i

/** E-mail addresses, in links too, and such as `jeanne [at] exemple [point] fr`. */
export const detectEmails: Detector = (text) => {
  const findings: Finding[] = []
  let after = 0
  for (const { 0: at, index } of text.matchAll(AT)) {
    const start = startOfLocal(text, index, after)
    const local = text.slice(start, index)
    if (local === '' || CREDENTIALS.test(text.slice(Math.max(after, start - 200), start))) continue
    const isSpelt = /\s|[[({<]/.test(at)
    const domain = isSpelt ? SPELT_DOMAIN : DOMAIN
    domain.lastIndex = index + at.length
    const found = domain.exec(text)?.[0]
    if (found === undefined || DENSITY.test(found)) continue
    const end = index + at.length + found.length
    if (REPOSITORY.test(local) && text[end] === ':') continue
    findings.push({ kind: 'email', start, end })
    after = end
  }
  return findings
}

/** Where the part before the sign starts, not before `after`; a dot or an apostrophe does not start one. */
function startOfLocal(text: string, at: number, after: number): number {
  const least = Math.max(after, at - LONGEST_LOCAL)
  let start = at
  while (start > least && LOCAL.test(text[start - 1]!)) start -= 1
  while (start < at && /[.'’-]/.test(text[start]!)) start += 1
  return start
}
