import { checkRuleSet, facetsIn, type KnownLabels } from './check-rule-set.ts'
import type { TriageDeps } from './deps.ts'
import type { RuleSet } from './routing-rule.ts'

const PAGE = 500

/** Checks a rule set against the facets and labels that exist. Errors as `checkRuleSet`. */
export async function requireSound(deps: Pick<TriageDeps, 'facets'>, ruleSet: RuleSet): Promise<void> {
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
      const page = await facets.labels(facet.id, { limit: PAGE, ...(cursor !== undefined && { cursor }) })
      for (const { name } of page.items) labels.add(name)
      cursor = page.next
    } while (cursor !== undefined)
    known.set(facet.name, labels)
  }
  return known
}
