import { RE2JS } from 're2js'
import { createTermAnalyser, type TermAnalyser } from '../../text/terms/terms.ts'
import { type Calendar, type Openings, readCalendar } from './calendar.ts'
import { type LoadLimit, loadLimitsIn } from './condition-leaves.ts'
import type { PatternLeaf, RuleSet, TextField, WordsLeaf } from './routing-rule.ts'
import { containsPhrase, type ReadWord, readPhrase, type SubjectText } from './subject-text.ts'

/** Limits of a pattern: matching takes time in proportion to its size and the length of the text, and no more. */
export const PATTERN_LIMITS = { length: 300, size: 500 } as const

/** Patterns and phrases remembered; a rule set has fewer. */
const REMEMBERED = 2_000
const FIELDS: readonly TextField[] = ['title', 'question']

/** Reads conditions, remembering what is costly to read: patterns, phrases, calendars and limits. */
export interface ConditionReading {
  openings(calendar: Calendar): Openings
  /** As `loadLimitsIn`. */
  loadLimits(ruleSet: RuleSet): ReadonlyMap<string, LoadLimit>
  /** Whether the words of a condition occur in a text. */
  hasWords(leaf: WordsLeaf, text: SubjectText, language: string): boolean
  /** Whether the pattern of a condition matches a part of a text. */
  matches(leaf: PatternLeaf, text: SubjectText): boolean
}

export function createConditionReading(): ConditionReading {
  const analyser = createTermAnalyser({ cachedWords: 20_000 })
  const calendars = new WeakMap<Calendar, Openings>()
  const limits = new WeakMap<RuleSet, ReadonlyMap<string, LoadLimit>>()
  const patterns = new Map<string, RE2JS>()
  const phrases = new Map<string, readonly ReadWord[]>()

  return {
    openings(calendar) {
      const known = calendars.get(calendar)
      if (known !== undefined) return known
      const openings = readCalendar(calendar)
      calendars.set(calendar, openings)
      return openings
    },

    loadLimits(ruleSet) {
      const known = limits.get(ruleSet)
      if (known !== undefined) return known
      const found = loadLimitsIn(ruleSet)
      limits.set(ruleSet, found)
      return found
    },

    hasWords({ any = [], all = [], field }, text, language) {
      const texts = fieldsOf(field).map((each) => text.words(each, analyser))
      const occurs = (phrase: string) => {
        const words = remembered(phrases, `${language} ${phrase}`, () =>
          readPhrase(phrase, language, analyser),
        )
        return texts.some((each) => containsPhrase(each, words))
      }
      return all.every(occurs) && (any.length === 0 || any.some(occurs))
    },

    matches({ matches, field, caseSensitive = false }, text) {
      const pattern = remembered(patterns, `${caseSensitive} ${matches}`, () =>
        compilePattern({ matches, caseSensitive }),
      )
      return fieldsOf(field).some((each) => pattern.test(text.plain(each)))
    },
  }
}

function fieldsOf(field: TextField | undefined): readonly TextField[] {
  return field === undefined ? FIELDS : [field]
}

function remembered<T>(known: Map<string, T>, key: string, read: () => T): T {
  const found = known.get(key)
  if (found !== undefined) return found
  const value = read()
  if (known.size >= REMEMBERED) known.clear()
  known.set(key, value)
  return value
}

/** @throws RE2JSException where RE2 cannot read the pattern */
function compilePattern({ matches, caseSensitive }: PatternLeaf): RE2JS {
  return RE2JS.compile(matches, caseSensitive === true ? 0 : RE2JS.CASE_INSENSITIVE)
}

/** Why a pattern cannot be used: a sentence where RE2 cannot read it, its size where it is too large. */
export function faultOfPattern(
  leaf: PatternLeaf,
): { readonly reason?: string; readonly size?: number } | undefined {
  try {
    const size = compilePattern(leaf).programSize()
    return size > PATTERN_LIMITS.size ? { size } : undefined
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}

const LANGUAGES = ['fr', 'en', 'und']

/** Whether a phrase has words to search for: more than stop words, in French, English or another language. */
export function hasSearchableWord(phrase: string, analyser: TermAnalyser = createTermAnalyser()): boolean {
  return LANGUAGES.some((language) => readPhrase(phrase, language, analyser).length > 0)
}
