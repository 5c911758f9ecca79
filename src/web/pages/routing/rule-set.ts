/** A condition: one property, or several conditions joined. Which there are, and what they hold: see `leaves.ts`. */
export type Condition = { readonly [Kind in string]?: unknown }
export type Fields = Readonly<Record<string, unknown>>

export interface Destination {
  readonly kind: 'community' | 'queue' | 'expert'
  readonly name: string
}

export interface Outcome {
  readonly destination: Destination
  readonly priority: string
  readonly slaMinutes?: number
}

export interface Rule {
  readonly name: string
  readonly when?: Condition
  readonly then: Outcome
}

export interface RuleSet {
  readonly rules: readonly Rule[]
  readonly default: Outcome
  readonly calendars?: Readonly<Record<string, unknown>>
}

export type StoredRuleSet = RuleSet & { readonly version: number }

/** What a rule set would do to stored threads, beside the rules in force. */
export interface Simulation {
  readonly threads: number
  readonly destinations: readonly { readonly destination: Destination; readonly threads: number }[]
  readonly rules: readonly { readonly rule: string; readonly threads: number }[]
  readonly moved: {
    readonly threads: number
    readonly flows: readonly {
      readonly from: Destination
      readonly to: Destination
      readonly threads: number
    }[]
    readonly examples: readonly {
      readonly threadId: string
      readonly title: string
      readonly from: { readonly rule: string; readonly destination: Destination }
      readonly to: { readonly rule: string; readonly destination: Destination }
    }[]
  }
}

/** The kind of a condition, and what it holds. */
export function partsOf(condition: Condition): readonly [kind: string, content: unknown] {
  return Object.entries(condition)[0] ?? ['all', []]
}

/** All destinations that a rule set names, each once. */
export function destinationsOf({ rules, default: fallback }: RuleSet): readonly Destination[] {
  const all = [...rules.map(({ then }) => then.destination), fallback.destination]
  return [...new Map(all.map((each) => [`${each.kind} ${each.name}`, each])).values()]
}

/** A rule set without its version: what is sent and what is edited. */
export function contentOf({ rules, default: fallback, calendars }: RuleSet): RuleSet {
  return { rules, default: fallback, calendars }
}

export function isSameRuleSet(one: RuleSet, other: RuleSet): boolean {
  return JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other))
}

/** A name that no rule has. */
export function freeName(rules: readonly Rule[], wanted: string): string {
  const taken = new Set(rules.map(({ name }) => name))
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`
    if (!taken.has(name)) return name
  }
}
