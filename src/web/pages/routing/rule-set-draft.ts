import { useState } from 'preact/hooks'
import { keepText, keptText } from '../../parts/kept-text.ts'
import { me } from '../../sign-in/session.ts'
import { contentOf, isSameRuleSet, type RuleSet, type StoredRuleSet } from './rule-set.ts'

interface Draft {
  /** The version that the edits began from. */
  readonly basedOn: number
  readonly ruleSet: RuleSet
}

export interface RuleSetDraft {
  /** The rule set with its edits. */
  readonly ruleSet: RuleSet
  readonly basedOn: number
  readonly isChanged: boolean
  /** Somebody saved another version after these edits began. */
  readonly isBehind: boolean
  edit(ruleSet: RuleSet): void
  discard(): void
  /** Keeps the edits, on top of the version in force. */
  rebase(): void
}

/** Edits of the rules, kept in this browser until they are saved or discarded. */
export function useRuleSetDraft(stored: StoredRuleSet): RuleSetDraft {
  const name = `routing rules ${me.value?.id}`
  const [draft, setDraft] = useState<Draft | undefined>(() => {
    const kept = keptText(name)
    return kept === undefined ? undefined : JSON.parse(kept)
  })
  const keep = (next: Draft | undefined) => {
    setDraft(next)
    keepText(name, next === undefined ? '' : JSON.stringify(next))
  }
  const inForce = contentOf(stored)
  const ruleSet = draft?.ruleSet ?? inForce
  const isChanged = draft !== undefined && !isSameRuleSet(ruleSet, inForce)
  const basedOn = draft?.basedOn ?? stored.version
  return {
    ruleSet,
    basedOn,
    isChanged,
    isBehind: isChanged && basedOn !== stored.version,
    // What was taken back by hand is no edit: a later version would be taken for one that stands against it.
    edit: (next) => keep(isSameRuleSet(next, inForce) ? undefined : { basedOn, ruleSet: next }),
    discard: () => keep(undefined),
    rebase: () => keep({ basedOn: stored.version, ruleSet }),
  }
}
