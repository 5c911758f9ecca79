import type { Database } from '../../platform/database/database.ts'
import type { GovernanceKind } from './governance.ts'

/** How articles in a category are governed. */
export interface CategoryRule {
  readonly governance: GovernanceKind
  readonly ownerId?: string
}

interface CategoryRow {
  label: string
  governance: GovernanceKind
  owner_id: string | null
}

export type CategoryStore = ReturnType<typeof createCategoryStore>

/** Governance and owners of categories. What nobody changed is governed by experience and has no owner. */
export function createCategoryStore(db: Database) {
  const categories = () => db.sql<CategoryRow>('article_categories')

  return {
    /** The rules of these categories (at most 500), by label. */
    async of(labels: readonly string[]): Promise<Map<string, CategoryRule>> {
      const rows = await categories().whereIn('label', labels)
      const rules = new Map<string, CategoryRule>(
        labels.map((label) => [label, { governance: 'experience' }]),
      )
      for (const { label, governance, owner_id } of rows)
        rules.set(label, { governance, ownerId: owner_id ?? undefined })
      return rules
    },

    async put(label: string, { governance, ownerId }: CategoryRule): Promise<void> {
      await categories()
        .insert({ label, governance, owner_id: ownerId ?? null })
        .onConflict('label')
        .merge()
    },
  }
}
