import { type ReadAnswer, type ReadThread, solutionsOf } from './solution.ts'
import type { Statement } from './statements.ts'
import type { Reason } from './types.ts'
import type { TypingWords } from './words.ts'

/** What speaks against an article, with the statements that say so. */
export interface ReasonFound {
  readonly reason: Reason
  readonly cues: readonly Statement[]
}

type Cue = { [K in keyof TypingWords]: TypingWords[K] extends RegExp ? K : never }[keyof TypingWords]

/** An answer with fewer words explains nothing, unless it shows what to do. */
const FEWEST_WORDS = 12
/** From so many words on an answer explains, whatever the question sounds like. */
const MANY_WORDS = 30
/** `BRE-7781-0456`, `F2024-0098`, `0098812`. */
const REFERENCE =
  /^[^\p{L}\p{N}]{0,4}(?:\p{L}{1,10}[^\p{L}\p{N}]{1,3}){0,2}(?:[\p{L}\d]{1,8}-){0,3}\p{L}{0,6}-?\d{4,}/u

/**
 * Why a thread deserves no article, whatever articles there are; undefined where it may.
 *
 * What is told to all or thanked for asks nothing. Ideas, anger, chat and one customer's case are reasons only where no
 * answer helps others as well.
 */
export function reasonAgainst(read: ReadThread): ReasonFound | undefined {
  const solutions = solutionsOf(read)
  const told = toldReason(read) ?? incidentReason(read)
  if (told !== undefined || solutions.some(isGeneral)) return told
  return caseReason(read, solutions) ?? wantedReason(read, solutions) ?? smallReason(read, solutions)
}

/** Everybody's trouble of one day, over when it is over. */
function incidentReason(read: ReadThread): ReasonFound | undefined {
  const incident = saying(read, 'incident', [read.title, ...read.asked])
  const said = read.answers.flatMap(({ statements }) => statements)
  const isOver =
    saying(read, 'passing', said).length > 0 || read.replies.some((flat) => test(read, 'passing', flat))
  return incident.length > 0 && isOver ? { reason: 'too-small', cues: incident } : undefined
}

/** Thanks and announcements: they ask nothing. */
function toldReason(read: ReadThread): ReasonFound | undefined {
  const { title, asked, question } = read
  const kind = read.thread.messageKind
  const all = [title, ...asked]
  const isAngry = saying(read, 'complaint', all).length > 0
  if (asksByMark(all) || requests(read, [title]).length > 0) return undefined
  if (saying(read, 'failure', [title]).length > 0) return undefined
  const asks = requests(read, asked).length > 0
  const thanks = saying(read, 'thanks', all)
  if (
    !isAngry &&
    (thanks.includes(title) || (thanks.length > 0 && !asks && saying(read, 'failure', all).length === 0))
  )
    return { reason: 'thanks', cues: thanks }
  const role = question?.author?.role
  const announced = saying(read, 'announcement', all)
  if (role === 'staff' || role === 'moderator')
    return { reason: 'announcement', cues: announced.length > 0 ? announced : [title] }
  if (asks || isAngry || solutionsOf(read).some(isGeneral)) return undefined
  if (kind === 'thanks' || kind === 'announcement') return { reason: kind, cues: [title] }
  if (announced.length > 0 && saying(read, 'failure', all).length === 0)
    return { reason: 'announcement', cues: announced }
  return undefined
}

/** What was done for one customer, and what only their own account, order or file is about. */
function caseReason(read: ReadThread, solutions: readonly ReadAnswer[]): ReasonFound | undefined {
  const all = [read.title, ...read.asked]
  const identified = all.filter((statement) => isIdentified(read, statement))
  const own = all.filter(
    (statement) => identified.includes(statement) || test(read, 'ownCase', statement.flat),
  )
  const angry = saying(read, 'complaint', all)
  if (identified.length === 0 && (angry.length > 1 || angry.includes(read.title))) return undefined
  const found: ReasonFound = { reason: 'personal', cues: own.length > 0 ? own : [read.title] }
  const isHandled = read.answers.some((each) => each.isHandled)
  if (isHandled && (own.length > 0 || solutions.some((each) => each.isHandled))) return found
  const isByStaff = read.answers.some(
    ({ post }) => post.author?.role === 'staff' || post.author?.role === 'moderator',
  )
  if (identified.length > 0 && (isByStaff || solutions.length === 0)) return found
  return solutions.length === 0 && own.length > 0 && saying(read, 'caseRequest', all).length > 0
    ? found
    : undefined
}

const WANTED = ['idea', 'complaint', 'thanks', 'chat'] as const
const ECHOES = { idea: 'echoOfIdea', complaint: 'echoOfComplaint', thanks: 'echoOfThanks' } as const
/** What a cue of the title, an answer to it and the predicted kind count beside a cue of the question. */
const OF_TITLE = 1
const OF_ECHO = 0.8
const OF_KIND = 3
const OF_TONE = 0.7

/** Ideas, complaints, thanks and chat: by what is said, and by how others answer. */
function wantedReason(read: ReadThread, solutions: readonly ReadAnswer[]): ReasonFound | undefined {
  const { title, asked, answers } = read
  const kind = read.thread.messageKind
  const all = [title, ...asked]
  const told = answers.flatMap(({ statements }) => statements)
  const isCalled = requests(read, all).length > 0 || saying(read, 'failure', all).length > 0
  const scored = WANTED.map((reason) => {
    const cues = saying(read, reason, all)
    let score = cues.length + (cues.includes(title) ? OF_TITLE : 0) + (kind === reason ? OF_KIND : 0)
    const isEchoed = reason !== 'chat' && saying(read, ECHOES[reason], told).length > 0
    if (isEchoed && (score > 0 || !isCalled)) score += OF_ECHO
    if (reason === 'complaint') {
      const accusing = isCalled ? [] : saying(read, 'accusation', all)
      cues.push(...accusing)
      score += accusing.length * OF_TONE + (shouts(all) ? OF_TONE : 0)
    }
    if (reason === 'thanks' && isCalled) score -= OF_TITLE
    return { reason, cues, score }
  })
  scored.sort((a, b) => b.score - a.score)
  const [best] = scored
  if (best !== undefined && best.score >= OF_TONE) return { reason: best.reason, cues: best.cues }
  if (kind === 'greeting' || (!solutions.some(explains) && isChat(read)))
    return { reason: 'chat', cues: [title] }
  return undefined
}

function asksByMark(statements: readonly Statement[]): boolean {
  return statements.some(({ text }) => text.includes('?'))
}

/** Capitals throughout, or marks in a row. */
function shouts(statements: readonly Statement[]): boolean {
  return statements.some(({ text }) => {
    const letters = text.replace(/[^\p{L}]/gu, '')
    return /!{2,}|\?!/.test(text) || (letters.length > 12 && letters === letters.toUpperCase())
  })
}

/** What is too small for an article, or not answered. */
function smallReason(read: ReadThread, solutions: readonly ReadAnswer[]): ReasonFound | undefined {
  if (solutions.some(explains)) return undefined
  const given = solutions.filter(({ isDeferred }) => !isDeferred)
  if (given.length > 0)
    return { reason: 'too-small', cues: given.flatMap(({ statements }) => statements).slice(0, 3) }
  const isOver = read.replies.some((flat) => test(read, 'passing', flat) && !test(read, 'refuted', flat))
  return { reason: isOver ? 'too-small' : 'unanswered', cues: [] }
}

/** Whether an answer helps whoever has the question, and not the asker alone. */
function isGeneral({ instructs, isHandled, isDeferred, wordCount }: ReadAnswer): boolean {
  return instructs || (wordCount >= MANY_WORDS && !isHandled && !isDeferred)
}

function explains({ wordCount, isDeferred, isHandled }: ReadAnswer): boolean {
  return wordCount >= FEWEST_WORDS && !isDeferred && !isHandled
}

/** People are asked about themselves, or tell of themselves. */
function isChat(read: ReadThread): boolean {
  const { title, asked, answers } = read
  const all = [title, ...asked]
  if (saying(read, 'failure', all).length > 0 || saying(read, 'incident', all).length > 0) return false
  if (answers.length === 0 || answers.some(({ instructs, isDeferred }) => instructs || isDeferred))
    return false
  const personal = answers.filter(
    ({ statements: [first] }) => first !== undefined && test(read, 'firstPerson', first.flat),
  ).length
  const isAsked = saying(read, 'secondPerson', all).length > 0
  if (answers.length === 1) return isAsked && personal === 1
  return isAsked || personal * 2 > answers.length
}

/** Whether a statement gives the number of an order, an account, a file … */
function isIdentified(read: ReadThread, { flat }: Statement): boolean {
  return read.words.some(({ caseNoun }) => {
    for (const { 0: noun, index } of flat.matchAll(new RegExp(caseNoun, 'gu')))
      if (REFERENCE.test(flat.slice(index + noun.length, index + noun.length + 60))) return true
    return false
  })
}

function requests(read: ReadThread, statements: readonly Statement[]): Statement[] {
  return statements.filter(
    ({ flat }) => test(read, 'request', flat) || read.draftWords.some(({ asking }) => asking.test(flat)),
  )
}

function saying(read: ReadThread, cue: Cue, statements: readonly Statement[]): Statement[] {
  return statements.filter(({ flat }) => test(read, cue, flat))
}

function test(read: ReadThread, cue: Cue, flat: string): boolean {
  return read.words.some((words) => words[cue].test(flat))
}
