import { del, get, set } from 'idb-keyval'
import { useEffect, useState } from 'preact/hooks'
import { me } from '../../sign-in/session.ts'
import { contentOf, type RuleSet, type StoredRuleSet } from './rule-set.ts'

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
  const key = `routing-rules ${me.value?.id}`
  const [draft, setDraft] = useState<Draft>()
  useEffect(() => {
    let isShown = true
    void get<Draft>(key).then((kept) => {
      if (isShown && kept !== undefined) setDraft(kept)
    })
    return () => {
      isShown = false
    }
  }, [key])
  const keep = (next: Draft | undefined) => {
    setDraft(next)
    void (next === undefined ? del(key) : set(key, next))
  }
  const inForce = contentOf(stored)
  const ruleSet = draft?.ruleSet ?? inForce
  const isChanged = draft !== undefined && JSON.stringify(ruleSet) !== JSON.stringify(inForce)
  const basedOn = draft?.basedOn ?? stored.version
  return {
    ruleSet,
    basedOn,
    isChanged,
    isBehind: isChanged && basedOn !== stored.version,
    edit: (next) => keep({ basedOn, ruleSet: next }),
    discard: () => keep(undefined),
    rebase: () => keep({ basedOn: stored.version, ruleSet }),
  }
}
