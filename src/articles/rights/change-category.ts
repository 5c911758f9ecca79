import type { Account } from '../../access/accounts/account.ts'
import { type Actor, proficiencyOf } from '../../access/actor.ts'
import { visibleTo } from '../../access/audience.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { type ArticleCategory, requireCategory } from './categories.ts'
import type { GovernanceKind } from './governance.ts'

/**
 * Says who owns a category of articles, and how it is governed.
 *
 * @throws CodedError LABEL_NOT_FOUND, ARTICLE_OWNER_UNKNOWN
 */
export async function changeCategory(
  deps: Pick<ArticleDeps, 'db' | 'facets' | 'categories' | 'accounts' | 'audit'>,
  {
    label,
    governance,
    ownerId,
    actor,
  }: {
    readonly label: string
    readonly governance: GovernanceKind
    readonly ownerId?: string
    readonly actor: Actor
  },
): Promise<ArticleCategory> {
  return deps.db.transaction(async () => {
    const before = await requireCategory(deps, label)
    if (before.governance === governance && before.owner?.id === ownerId) return before
    if (ownerId !== undefined && ownerId !== before.owner?.id) {
      const account = await deps.accounts.find(ownerId)
      if (account === undefined || !mayOwn(account, actor))
        throw articleErrors.ARTICLE_OWNER_UNKNOWN({ id: ownerId })
    }
    await deps.categories.put(label, { governance, ownerId })
    const after = await requireCategory(deps, label)
    await deps.audit.record('article.category-changed', actor, label, {
      before: audited(before),
      after: audited(after),
    })
    return after
  })
}

/** Whether somebody can own a category: whom the actor may see, who can sign in, and who is trained in knowledge work. */
export function mayOwn(account: Account, actor: Pick<Actor, 'audience'>): boolean {
  return (
    account.status !== 'disabled' &&
    proficiencyOf(account) !== undefined &&
    visibleTo(actor.audience).includes(account.audience)
  )
}

function audited({ governance, owner }: ArticleCategory): object {
  return { governance, owner: owner?.id }
}
