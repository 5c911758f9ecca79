import { CATEGORY } from '../../labels/facet.ts'
import type { Article } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { describeCategories } from './categories.ts'

/** `experience`: whoever is trained for it improves an article. `compliance`: somebody else approves it first (KCS v6). */
export const GOVERNANCES = ['experience', 'compliance'] as const
export type GovernanceKind = (typeof GOVERNANCES)[number]

export interface Named {
  readonly id: string
  readonly name: string
}

/** Somebody's approval of the latest revision of an article. */
export interface Approval {
  readonly by: Named
  readonly at: string
}

/** Who answers for an article, and whether it needs somebody's approval. */
export interface Governance {
  readonly kind: GovernanceKind
  /** Category of the thread that it was made from. */
  readonly category?: string
  readonly owner?: Named
  /** Id of who wrote the latest text; known where it needs an approval. */
  readonly writtenBy?: string
  readonly approval?: Approval
}

export type GovernanceDeps = Pick<
  ArticleDeps,
  'threadLabels' | 'categories' | 'accounts' | 'approvals' | 'revisions' | 'translations'
>

/** How an article is governed: as its category is, that of the original for a translation; by experience without one. */
export async function governanceOf(
  deps: GovernanceDeps,
  { id, threadId: own, revision }: Pick<Article, 'id' | 'threadId' | 'revision'>,
): Promise<Governance> {
  const threadId = own ?? (await deps.translations.threadOfOriginal(id))
  const labels =
    threadId === undefined ? [] : ((await deps.threadLabels.labelsOf([threadId])).get(threadId) ?? [])
  const category = labels.find(({ facet }) => facet === CATEGORY)?.label
  if (category === undefined) return { kind: 'experience' }
  const [described] = await describeCategories(deps, [category])
  const { governance: kind = 'experience', owner } = described ?? {}
  if (kind === 'experience') return { kind, category, owner }
  return {
    kind,
    category,
    owner,
    writtenBy: await deps.revisions.writerOf(id),
    approval: await deps.approvals.find(id, revision),
  }
}
