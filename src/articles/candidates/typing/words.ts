import { stemLanguage } from '../../../text/terms/terms.ts'
import { englishWords } from './words-en.ts'
import { frenchWords } from './words-fr.ts'

/**
 * By what people of one language show what they want of a community, and what became of it. Every expression reads one
 * statement as `bare` gives it: flattened, without marks around.
 */
export interface TypingWords {
  /** Something is proposed or wished for. */
  readonly idea: RegExp
  /** Somebody is angry, and wants to be heard. */
  readonly complaint: RegExp
  /** Somebody is thanked or praised. */
  readonly thanks: RegExp
  /** All are told of something. */
  readonly announcement: RegExp
  /** Tastes, habits, memories and opinions are asked for. */
  readonly chat: RegExp
  /** The reader is told what they do. */
  readonly accusation: RegExp
  /** In answers to an idea: votes, and promises to hand it on. */
  readonly echoOfIdea: RegExp
  /** In answers to a complaint: apologies, and others who feel the same. */
  readonly echoOfComplaint: RegExp
  /** In answers to thanks: it will be told to whom it is for. */
  readonly echoOfThanks: RegExp
  /** Help is asked for, with or without a mark. */
  readonly request: RegExp
  /** Something does not work. */
  readonly failure: RegExp
  /** The asker's own account, order, bill, file … */
  readonly ownCase: RegExp
  /** What has a number of one customer's. */
  readonly caseNoun: RegExp
  /** A helper is asked to look at it, or to change it. */
  readonly caseRequest: RegExp
  /** Everybody's trouble for a while: an outage, a delay. */
  readonly incident: RegExp
  /** It is over, or will be, without anybody here doing something. */
  readonly passing: RegExp
  /** By who asked: the answer helped. */
  readonly confirmed: RegExp
  /** By who asked: it did not. */
  readonly refuted: RegExp
  /** A helper did something for this asker alone, or takes the matter into private. */
  readonly handled: RegExp
  /** An answer that is none: nobody knows, it is handed on, more is asked. */
  readonly deferred: RegExp
  /** The writer speaks of themselves: at the start. */
  readonly firstPerson: RegExp
  /** The reader is spoken to. */
  readonly secondPerson: RegExp
  /** Help pages, articles and manuals are spoken of. */
  readonly cites: RegExp
  /** Something changed at a time, or is written wrong elsewhere. */
  readonly outdated: RegExp
  /** What follows is so no longer. */
  readonly ended: RegExp
  /** At the start of an answer. */
  readonly yes: RegExp
  readonly no: RegExp
  /** Numbers in words, but for one, which is an article too. */
  readonly numbers: ReadonlyMap<string, string>
  /** Words of time and their short forms, by unit. */
  readonly units: ReadonlyMap<string, string>
}

/** The word lists of a language; both where it is unknown; none for any other language. */
export function typingWordsOf(language: string): readonly TypingWords[] {
  const known = stemLanguage(language)
  if (known === 'fr') return [frenchWords]
  if (known === 'en') return [englishWords]
  return language === 'und' || language === '' ? [frenchWords, englishWords] : []
}
