import { stemLanguage } from '../../text/terms/terms.ts'
import { englishWords } from './words-en.ts'
import { frenchWords } from './words-fr.ts'

/**
 * How people of one language greet, thank, close, correct and explain. Every expression reads flattened text (see
 * `flatten`). `^` is the start of a sentence; whole-sentence ones end in `$` and see the sentence without the marks at
 * its end.
 */
export interface DraftWords {
  /** `Bonjour à tous`: at the start, perhaps with words behind it. */
  readonly greeting: RegExp
  /** What a sentence begins with behind a greeting without a comma. */
  readonly subject: RegExp
  /** `Voilà,`, `so`: at the start of the first sentence, without meaning. */
  readonly filler: RegExp
  /** Whole sentences: thanks, pleas, wishes, remarks on the post itself. */
  readonly courtesy: readonly RegExp[]
  /** Whole sentences of helpers: hopes, welcomes, moderation. */
  readonly helperCourtesy: readonly RegExp[]
  /** `, merci d’avance`, `pls help`: at the end of a sentence that says something. */
  readonly trailingPlea: RegExp
  /** Whole lines that begin a signature. */
  readonly closing: RegExp
  /** `Edit :` at the start of a sentence. */
  readonly edit: RegExp
  /** What is left of an edit that says nothing about the problem. */
  readonly editChatter: RegExp
  /** Before a quote of somebody else. */
  readonly quoteIntroduction: RegExp
  /** In an asker's comment: the answer worked, or the thread is over. */
  readonly outcome: RegExp
  /** In an asker's comment: something is said of the problem. */
  readonly symptom: RegExp
  /** In an asker's comment: said to complete the question, whenever. */
  readonly addition: RegExp
  /** In a comment: an answer is corrected or completed. */
  readonly correction: RegExp
  /** A helper did something for this asker alone. */
  readonly personal: RegExp
  /** A step: at the start of a sentence, an imperative or a word of sequence. */
  readonly step: RegExp
  /** A sentence at the start of an answer says what a sign means. */
  readonly meaning: RegExp
  /** A cause is stated. */
  readonly cause: RegExp
  /** A sentence advises, or tells what its writer did or thinks. */
  readonly advice: RegExp
  /** At the start of a sentence: a verb with its object, of whatever verb. */
  readonly command: RegExp
  /** At the start of a sentence that means nothing without the one before. */
  readonly dependent: RegExp
  /** Titles, whole, that name no problem. */
  readonly emptyTitle: RegExp
  /** At either end of a title, with marks around it. */
  readonly titleNoise: RegExp
  /** At the end of a title: when it began. */
  readonly titleTime: RegExp
  /** At the start of a sentence that asks, with or without a mark. */
  readonly asking: RegExp
  /** Before the name of a product, a plan or a version. */
  readonly productCue: RegExp
  /** The same, where the name is more than one word. */
  readonly looseCue: RegExp
  /** A device that has no name but a number: `box 6`. */
  readonly numberedDevice: RegExp
  /** Behind the name of a plan or a device. */
  readonly productKind: RegExp
  /** Capitalised words that name no product: days, months, people, words of menus. */
  readonly noProduct: RegExp
}

/** The word lists of a language; both where it is unknown; none for any other language. */
export function wordsOf(language: string): readonly DraftWords[] {
  const known = stemLanguage(language)
  if (known === 'fr') return [frenchWords]
  if (known === 'en') return [englishWords]
  return language === 'und' || language === '' ? [frenchWords, englishWords] : []
}
