import { CATEGORY } from '../../labels/facet.ts'
import type { Page } from '../../platform/page.ts'
import type { PageQuery } from '../../platform/page-schema.ts'
import type { ArticleDeps } from '../deps.ts'
import type { GovernanceKind, Named } from './governance.ts'

/** A category, with how articles in it are governed and by whom. */
export interface ArticleCategory {
  readonly label: string
  readonly governance: GovernanceKind
  readonly owner?: Named
}

/** How these categories are governed, in their order. */
export async function describeCategories(
  { categories, accounts }: Pick<ArticleDeps, 'categories' | 'accounts'>,
  labels: readonly string[],
): Promise<ArticleCategory[]> {
  const rules = await categories.of(labels)
  const owners = new Map<string, Named>()
  for (const { ownerId } of rules.values())
    if (ownerId !== undefined && !owners.has(ownerId)) {
      const account = await accounts.find(ownerId)
      if (account !== undefined) owners.set(ownerId, { id: ownerId, name: account.name })
    }
  return labels.map((label) => {
    const { governance = 'experience', ownerId = '' } = rules.get(label) ?? {}
    return { label, governance, owner: owners.get(ownerId) }
  })
}

/** @throws CodedError LABEL_NOT_FOUND */
export async function requireCategory(
  deps: Pick<ArticleDeps, 'categories' | 'accounts' | 'facets'>,
  label: string,
): Promise<ArticleCategory> {
  await deps.facets.requireLabel(await deps.facets.require(CATEGORY), label)
  const [category] = await describeCategories(deps, [label])
  return category ?? { label, governance: 'experience' }
}

/** All categories, by name. @throws CodedError CURSOR_INVALID */
export async function listCategories(
  deps: Pick<ArticleDeps, 'categories' | 'accounts' | 'facets'>,
  query: PageQuery,
): Promise<Page<ArticleCategory>> {
  const { id } = await deps.facets.require(CATEGORY)
  const { items, ...page } = await deps.facets.labels(id, query)
  return {
    ...page,
    items: await describeCategories(
      deps,
      items.map(({ name }) => name),
    ),
  }
}
