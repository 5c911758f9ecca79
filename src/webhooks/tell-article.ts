import { AUDIENCES, type Audience, system } from '../access/index.ts'
import {
  type Article,
  type ArticlePublished,
  type FlagsRaised,
  type RaisedFlag,
  readerOf,
} from '../articles/index.ts'
import type { TellDeps } from './deps.ts'
import { type News, tell } from './tell.ts'

/** Tells of an article that was published, as it is now; one that was withdrawn meanwhile is not told of. */
export async function tellPublication(
  deps: TellDeps,
  { articleId, revision }: ArticlePublished,
): Promise<void> {
  await tell(deps, async () => {
    const article = await deps.articles.require(articleId, readerOf(system))
    const { audience, confidence, publishedAt = article.updatedAt } = article
    if (confidence !== 'validated') return []
    const subject = { type: 'article.published', audience } as const
    const data = { article: { ...describe(article), publishedAt } }
    return [{ subject, key: [articleId, String(revision)], timestamp: publishedAt, data }]
  })
}

/** Tells of flags that evidence still bears. */
export async function tellFlags(deps: TellDeps, { flags }: FlagsRaised): Promise<void> {
  await tell(deps, async () => {
    const news: News[] = []
    for (const raised of flags) {
      const { articleId, section, postId, flag, flaggedAt } = raised
      const article = await deps.articles.require(articleId, readerOf(system))
      const audience = await whoSees(deps, article, raised)
      if (audience === undefined) continue
      news.push({
        subject: { type: 'flag.raised', audience },
        key: [articleId, section, postId, flag, flaggedAt],
        timestamp: flaggedAt,
        data: { article: describe(article), section, postId, flag },
      })
    }
    return news
  })
}

/**
 * The widest audience that sees both an article and the flag on its evidence; an article that is not published is
 * the house's own. Undefined when the flag is gone.
 */
async function whoSees(
  { evidence }: TellDeps,
  { id, audience, confidence }: Article,
  { section, postId, flag, flaggedAt }: RaisedFlag,
): Promise<Audience | undefined> {
  const ofArticle = confidence === 'validated' ? audience : 'internal'
  const closest = AUDIENCES.slice(0, AUDIENCES.indexOf(ofArticle) + 1)
  for (const reader of closest.toReversed()) {
    const seen = await evidence.of(id, reader)
    const bears = (one: (typeof seen)[number]) =>
      one.section === section && one.postId === postId && one.flag === flag && one.flaggedAt === flaggedAt
    if (seen.some(bears)) return reader
  }
  return undefined
}

function describe({ id, title, language, audience, confidence, revision }: Article) {
  return { id, title, language, audience, confidence, revision, path: `/api/articles/${id}` }
}
