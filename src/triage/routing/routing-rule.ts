import { MESSAGE_KIND } from '../../labels/message-kind.ts'
import type { ThreadFacts } from '../../threads/thread.ts'
import type { Calendar } from './calendar.ts'
import type { SubjectText } from './subject-text.ts'

/** Who should handle a thread next: the community itself, a queue of agents, or an expert or group of experts. */
export interface Destination {
  readonly kind: 'community' | 'queue' | 'expert'
  readonly name: string
}

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof PRIORITIES)[number]

/** The result of a rule. */
export interface Outcome {
  readonly destination: Destination
  readonly priority: Priority
  /** Minutes within which the destination should handle the thread. */
  readonly slaMinutes?: number
}

export type Fact = string | number | boolean
export type AskerRole = ThreadFacts['askerRole']

/** Matches one value, or one of several; when both are stated both must hold. */
export interface OneOf<T> {
  readonly is?: T
  readonly in?: readonly T[]
}

export interface Between {
  readonly atLeast?: number
  readonly atMost?: number
}

/**
 * A condition: an object with exactly one key, the property it tests. All parts of a leaf must hold; a property that is
 * unknown of a thread (its views, a fact, its age) satisfies no leaf.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  /**
   * The label assigned on a facet, by a model that did not abstain or by people; with `provisional` also one that the
   * model would assign if its risk budget could be shown to be kept, from `minConfidence` on.
   */
  | {
      readonly label: OneOf<string> & {
        readonly facet: string
        readonly minConfidence?: number
        readonly provisional?: boolean
      }
    }
  /** The model's confidence in its likeliest label, assigned or not. */
  | { readonly confidence: { readonly facet: string; readonly atLeast?: number; readonly below?: number } }
  /**
   * The probability of one label of a facet, assigned or not, likeliest or not: 1 or 0 where a person labelled. A label
   * that the model does not know has probability 0.
   */
  | {
      readonly probability: {
        readonly facet: string
        readonly label: string
        readonly atLeast?: number
        readonly below?: number
      }
    }
  /** The facet's model abstained. */
  | { readonly abstained: { readonly facet: string } }
  | { readonly language: OneOf<string> }
  | { readonly source: OneOf<string> }
  | { readonly askerRole: OneOf<AskerRole> }
  | { readonly reputation: Between }
  | { readonly fact: OneOf<Fact> & Between & { readonly name: string } }
  /** Time since the question was asked. */
  | { readonly age: { readonly atLeastMinutes?: number; readonly lessThanMinutes?: number } }
  /** Asked at least so long ago, and without any answer. */
  | { readonly unanswered: { readonly forMinutes: number } }
  | { readonly answered: boolean }
  | { readonly resolved: boolean }
  | { readonly views: Between }
  | { readonly tag: OneOf<string> }
  /** Words or phrases of the text, in any form that search finds them by. */
  | { readonly words: WordsLeaf }
  /** A regular expression (RE2) that matches a part of the text. */
  | { readonly pattern: PatternLeaf }
  /** Whether a calendar of the rule set is open now. */
  | { readonly hours: { readonly calendar: string; readonly is: 'open' | 'closed' } }
  /** Open threads that a destination has now, this one not counted. */
  | { readonly load: Between & { readonly destination: Destination } }

/** A part of a thread's text; both where none is named. */
export type TextField = 'title' | 'question'

export interface WordsLeaf {
  /** At least one of these occurs. */
  readonly any?: readonly string[]
  /** Each of these occurs. */
  readonly all?: readonly string[]
  readonly field?: TextField
}

export interface PatternLeaf {
  readonly matches: string
  readonly field?: TextField
  /** False by default. */
  readonly caseSensitive?: boolean
}

export interface RoutingRule {
  /** Unique within the rule set; decisions name it. */
  readonly name: string
  /** Holds for every thread when absent. */
  readonly when?: Condition
  readonly then: Outcome
}

/** Ordered rules: the first that holds decides; `default` when none does. */
export interface RuleSet {
  readonly rules: readonly RoutingRule[]
  readonly default: Outcome
  /** By name; conditions on hours refer to them. */
  readonly calendars?: Readonly<Record<string, Calendar>>
}

/** A rule set without what is kept beside it. */
export function contentOf({ rules, default: fallback, calendars }: RuleSet): RuleSet {
  return { rules, default: fallback, calendars }
}

/** Version 0 is the built-in rule set, in force until another is saved. */
export interface StoredRuleSet extends RuleSet {
  readonly version: number
}

/** The rule that decisions name when no rule held. */
export const DEFAULT_RULE = 'default'

/** Builds a rule. */
export function rule(name: string, when: Condition, outcome: Outcome): RoutingRule {
  // biome-ignore lint/suspicious/noThenProperty: a property of rules, never a function
  return { name, when, then: outcome }
}

/**
 * In force until rules are saved: complaints and ideas have queues of their own, sales go to moderators, what asks nothing
 * stays in the community with low priority, posts on which the category model abstained go to the triage queue, all others to the
 * community.
 */
export const builtInRuleSet: StoredRuleSet = {
  version: 0,
  rules: [
    rule(
      'complaints',
      { label: { facet: MESSAGE_KIND, is: 'complaint' } },
      { destination: { kind: 'queue', name: 'complaints' }, priority: 'high' },
    ),
    rule(
      'ideas',
      { label: { facet: MESSAGE_KIND, is: 'idea' } },
      { destination: { kind: 'queue', name: 'ideas' }, priority: 'low' },
    ),
    rule(
      'sales',
      { label: { facet: MESSAGE_KIND, is: 'sales' } },
      { destination: { kind: 'queue', name: 'moderation' }, priority: 'low' },
    ),
    rule(
      'nothing-asked',
      { label: { facet: MESSAGE_KIND, in: ['thanks', 'announcement', 'greeting'] } },
      { destination: { kind: 'community', name: 'community' }, priority: 'low' },
    ),
    rule(
      'not-sure',
      { abstained: { facet: 'category' } },
      { destination: { kind: 'queue', name: 'triage' }, priority: 'normal' },
    ),
  ],
  default: { destination: { kind: 'community', name: 'community' }, priority: 'normal' },
}

/** The label of a subject on one facet: a model's prediction, or a label in force (assigned, with confidence 1). */
export interface SubjectLabel {
  readonly label: string
  readonly confidence: number
  /** `suggested` satisfies no condition on labels: people decide. */
  readonly decision: 'assigned' | 'suggested' | 'abstained'
  /**
   * On an abstention, where the risk budget cannot be shown to be kept yet: a rule that asks for it may use the label, of
   * which so large a share is estimated to be wrong. Whatever trusts assigned labels leaves it alone.
   */
  readonly provisional?: { readonly estimatedError: number }
  /**
   * Label → probability, of every label that has at least {@link LEAST_PROBABILITY}; absent where they are unknown, as of
   * predictions that are older than this field.
   */
  readonly probabilities?: Readonly<Record<string, number>>
  /** The labels that conditions may know of, where not all act: of others they hear neither confidence nor probability. */
  readonly actingLabels?: readonly string[]
}

/** A provisional assignment that a decision rests on. */
export interface ProvisionalLabel {
  readonly facet: string
  readonly label: string
  readonly confidence: number
  readonly estimatedError: number
}

/** Probabilities below it are not kept, so conditions cannot ask for a lower one. */
export const LEAST_PROBABILITY = 0.01

/** All properties that conditions can test. */
export interface RoutingSubject {
  /** By name of the facet. */
  readonly labels: ReadonlyMap<string, SubjectLabel>
  readonly language: string
  readonly source?: string
  readonly askerRole: AskerRole
  readonly reputation?: number
  readonly facts: Readonly<Record<string, Fact>>
  /** Milliseconds since the epoch; absent when the source states no date. */
  readonly askedAt?: number
  readonly answered: boolean
  readonly resolved: boolean
  readonly views?: number
  readonly tags: readonly string[]
  readonly text?: SubjectText
  /** Open threads of each destination, by {@link destinationKey}; of those that the rules in force ask about. */
  readonly load?: Readonly<Record<string, number>>
}

/** A destination as one string: `queue:billing`. */
export function destinationKey({ kind, name }: Destination): string {
  return `${kind}:${name}`
}
