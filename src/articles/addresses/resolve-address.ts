import type { Actor } from '../../access/actor.ts'
import type { Article } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { readerOf } from '../readable-articles.ts'

export interface ResolvedAddress {
  readonly article: Article
  /** Whether the article has another address now, to which the one asked for leads. */
  readonly isRedirect: boolean
}

/**
 * The article that an address leads to: its own, that whose address it was before, or the one that this was merged into.
 * An address leads nowhere for those who may not see the article at its end, or never could have met the address.
 *
 * @throws CodedError ARTICLE_NOT_FOUND
 */
export async function resolveAddress(
  { addresses, articles, merges }: Pick<ArticleDeps, 'addresses' | 'articles' | 'merges'>,
  { slug, actor }: { readonly slug: string; readonly actor: Actor },
): Promise<ResolvedAddress> {
  const reader = readerOf(actor)
  const address = await addresses.find(slug, reader)
  const id = address && (await merges.finalOf(address.articleId))
  const article = id === undefined ? undefined : await articles.find(id, reader)
  if (address === undefined || article === undefined) throw articleErrors.ARTICLE_NOT_FOUND({ id: slug })
  return { article, isRedirect: !address.isCurrent || address.articleId !== article.id }
}
