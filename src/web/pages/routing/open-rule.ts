import { useState } from 'preact/hooks'
import { t } from '../../messages/messages.ts'
import { keepText, keptText } from '../../parts/kept-text.ts'
import { me } from '../../sign-in/session.ts'
import { freeName, type Rule, type RuleSet } from './rule-set.ts'

/** Which rule a form is about: one of this name, a new one, or what happens otherwise. */
export type Place = { readonly name: string } | 'new' | 'otherwise'

/** A rule as its form has it, before it is taken into the rules. */
export interface RuleInProgress {
  readonly place: Place
  readonly rule: Rule
}

export interface OpenRule {
  /** What the form shows; absent where none is open. */
  readonly shown: RuleInProgress | undefined
  /** A form that was left before its rule was taken into the rules. */
  readonly left: RuleInProgress | undefined
  open(inProgress: RuleInProgress): void
  /** Keeps what the form has now. */
  change(rule: Rule): void
  /** Closes the form; what was changed in it stays in this browser. */
  leave(): void
  /** Closes the form, and forgets it. */
  end(): void
}

/** The rule whose form is open or was left; what was typed is kept in this browser until it is used or dropped. */
export function useOpenRule(): OpenRule {
  const name = `routing rule ${me.value?.id}`
  const [kept, setKept] = useState<RuleInProgress | undefined>(() => {
    const text = keptText(name)
    return text === undefined ? undefined : JSON.parse(text)
  })
  const [shown, show] = useState<RuleInProgress>()
  const keep = (next: RuleInProgress | undefined) => {
    setKept(next)
    keepText(name, next === undefined ? '' : JSON.stringify(next))
  }
  return {
    shown,
    left: shown === undefined ? kept : undefined,
    open: show,
    change: (rule) => shown && keep({ place: shown.place, rule }),
    leave: () => show(undefined),
    end() {
      show(undefined)
      keep(undefined)
    },
  }
}

/** What the form of a place begins with. */
export function ruleAt({ rules, default: fallback }: RuleSet, place: Place): Rule {
  const known = typeof place === 'object' ? rules.find(({ name }) => name === place.name) : undefined
  if (known !== undefined) return known
  const name = place === 'otherwise' ? 'default' : freeName(rules, t('routing.newName'))
  // biome-ignore lint/suspicious/noThenProperty: a property of rules, never awaited
  return { name, then: fallback }
}

/** The rule set with a rule at its place; one that was removed meanwhile is added again. */
export function withRule(ruleSet: RuleSet, { place, rule }: RuleInProgress): RuleSet {
  if (place === 'otherwise') return { ...ruleSet, default: rule.then }
  const isKnown = typeof place === 'object' && ruleSet.rules.some(({ name }) => name === place.name)
  const rules = isKnown
    ? ruleSet.rules.map((each) => (each.name === place.name ? rule : each))
    : [...ruleSet.rules, rule]
  return { ...ruleSet, rules }
}
