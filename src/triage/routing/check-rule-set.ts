import type { TriageDeps } from '../deps.ts'
import { triageErrors } from '../errors.ts'
import { checkConditions } from './check-conditions.ts'
import { placedLeavesIn } from './condition-leaves.ts'
import { type Condition, DEFAULT_RULE, type RoutingRule, type RuleSet } from './routing-rule.ts'

/** Facet → its labels: the names that rules may refer to. */
type KnownLabels = ReadonlyMap<string, ReadonlySet<string>>

interface Reference {
  readonly facet: string
  readonly labels: readonly string[]
  /** Where in the rule, as a path: `when/all/0/label`. */
  readonly place: string
  /** Whether it uses provisional assignments, of whatever probability. */
  readonly unbounded?: boolean
}

/** The labels of a facet that rules refer to. */
export function labelsRoutedOn(ruleSet: RuleSet, facet: string): string[] {
  const references = ruleSet.rules.flatMap((rule) => referencesIn(rule.when))
  const labels = references.filter((reference) => reference.facet === facet).flatMap((each) => each.labels)
  return [...new Set(labels)].sort()
}

/** The facets that a rule set refers to. */
function facetsIn(ruleSet: RuleSet): string[] {
  return [...new Set(ruleSet.rules.flatMap(facetsOfRule))]
}

/** The facets that a rule refers to, each once. */
export function facetsOfRule({ when }: Pick<RoutingRule, 'when'>): string[] {
  return [...new Set(referencesIn(when).map(({ facet }) => facet))]
}

/**
 * Refuses a rule set with duplicate rule names, that refers to unknown facets, labels or calendars, uses provisional
 * assignments of any probability, or whose conditions cannot be read.
 *
 * @throws CodedError ROUTING_RULE_NAME_TAKEN, ROUTING_FACET_UNKNOWN, ROUTING_LABEL_UNKNOWN,
 *   ROUTING_PROVISIONAL_UNBOUNDED, and as `checkConditions`
 */
export function checkRuleSet(ruleSet: RuleSet, known: KnownLabels): void {
  const names = new Set([DEFAULT_RULE])
  for (const [index, { name: rule, when }] of ruleSet.rules.entries()) {
    if (names.has(rule)) throw triageErrors.ROUTING_RULE_NAME_TAKEN({ rule, number: index + 1 })
    names.add(rule)
    for (const { facet, labels, place, unbounded } of referencesIn(when)) {
      if (unbounded) throw triageErrors.ROUTING_PROVISIONAL_UNBOUNDED({ rule, place })
      const ofFacet = known.get(facet)
      if (ofFacet === undefined) throw triageErrors.ROUTING_FACET_UNKNOWN({ rule, place, facet })
      const label = labels.find((name) => !ofFacet.has(name))
      if (label !== undefined) throw triageErrors.ROUTING_LABEL_UNKNOWN({ rule, place, facet, label })
    }
  }
  checkConditions(ruleSet)
}

function referencesIn(condition: Condition | undefined): Reference[] {
  return placedLeavesIn(condition).flatMap(({ leaf, place }): Reference[] => {
    if ('label' in leaf) {
      const { facet, is, in: several = [], provisional = false, minConfidence } = leaf.label
      const unbounded = provisional && minConfidence === undefined
      return [{ facet, labels: is === undefined ? several : [is, ...several], place, unbounded }]
    }
    if ('probability' in leaf)
      return [{ facet: leaf.probability.facet, labels: [leaf.probability.label], place }]
    if ('confidence' in leaf) return [{ facet: leaf.confidence.facet, labels: [], place }]
    if ('abstained' in leaf) return [{ facet: leaf.abstained.facet, labels: [], place }]
    return []
  })
}

const DEEPEST = 20

/**
 * Refuses JSON that is nested deeper than any reasonable rule, before recursive functions process it.
 *
 * @throws CodedError ROUTING_RULES_TOO_DEEP
 */
export function limitDepth(value: unknown): void {
  // A condition is two levels a nesting (`{ all: [ … ] }`), under rule set, rules and rule.
  const limit = 4 + 2 * DEEPEST
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) throw triageErrors.ROUTING_RULES_TOO_DEEP({ limit: DEEPEST })
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
}

const PAGE = 500

/** Checks a rule set against the existing facets and labels. @throws CodedError as `checkRuleSet` */
export async function requireValidRuleSet(deps: Pick<TriageDeps, 'facets'>, ruleSet: RuleSet): Promise<void> {
  checkRuleSet(ruleSet, await knownLabels(deps, facetsIn(ruleSet)))
}

async function knownLabels(
  { facets }: Pick<TriageDeps, 'facets'>,
  names: readonly string[],
): Promise<KnownLabels> {
  const known = new Map<string, Set<string>>()
  for (const facet of await facets.all()) {
    if (!names.includes(facet.name)) continue
    const labels = new Set<string>()
    let cursor: string | undefined
    do {
      const page = await facets.labels(facet.id, { limit: PAGE, cursor })
      for (const { name } of page.items) labels.add(name)
      cursor = page.next
    } while (cursor !== undefined)
    known.set(facet.name, labels)
  }
  return known
}
