import { AUDIENCES, type Audience, visibleTo } from '../../access/audience.ts'
import type { Database } from '../../platform/database/database.ts'
import { slugOf } from '../../text/terms/slug.ts'
import type { Article } from '../article.ts'
import type { Reader } from '../readable-articles.ts'

/** Where an article is, or was before its title or language changed. */
export interface Address {
  readonly articleId: string
  readonly language: string
  readonly slug: string
  readonly isCurrent: boolean
}

interface AddressRow {
  article_id: string
  language: string
  slug: string
  is_current: boolean | number
  shown_to: Audience | null
}

export type AddressStore = ReturnType<typeof createAddressStore>

/**
 * The addresses of articles. Those that readers outside may have met stay, and lead to where the article is now; one
 * that only drafts had leads nobody there but those who work on drafts: its words may be for nobody else.
 */
export function createAddressStore(db: Database) {
  const addresses = () => db.sql<AddressRow>('article_addresses')

  /** Articles of these audiences, in whatever state: an archived one may be part of another. */
  const visibleArticles = (reader: Audience) =>
    db.sql('articles').whereIn('audience', visibleTo(reader)).select('id')

  return {
    /** Gives an article the address that it has by its title and language. Takes part in the transaction in progress. */
    async put(article: Article): Promise<void> {
      const { id, language } = article
      const slug = slugOf(article)
      const own = { article_id: id, language, slug }
      await addresses()
        .where({ article_id: id, is_current: true })
        .whereNot((same) => same.where(own))
        .update({ is_current: false })
      const before = await addresses().where(own).first()
      const shown_to = widest(before?.shown_to, article.confidence === 'validated' ? article.audience : null)
      if (before?.is_current && before.shown_to === shown_to) return
      await addresses()
        .insert({ ...own, is_current: true, shown_to })
        .onConflict(['article_id', 'language', 'slug'])
        .merge(['is_current', 'shown_to'])
    },

    /** The address with this slug, if the reader may have met it; the current one before others. */
    async find(slug: string, { audience, seesDrafts }: Reader): Promise<Address | undefined> {
      const query = addresses()
        .where({ slug })
        .whereIn('article_id', visibleArticles(audience))
        .orderBy('is_current', 'desc')
      if (!seesDrafts) query.whereIn('shown_to', visibleTo(audience))
      const row = await query.first()
      return row && toAddress(row)
    },

    /** The addresses of these articles that readers of an audience may have met. */
    async metBy(articleIds: readonly string[], audience: Audience): Promise<Address[]> {
      const rows: AddressRow[] = await addresses()
        .where(db.among('article_id', articleIds))
        .whereIn('article_id', visibleArticles(audience))
        .whereIn('shown_to', visibleTo(audience))
        .orderBy(['article_id', 'language', 'slug'])
      return rows.map(toAddress)
    },

    /** Forgets the earlier addresses of an article: its earlier titles must no longer be read anywhere. */
    async forgetEarlier(articleId: string): Promise<void> {
      await addresses().where({ article_id: articleId, is_current: false }).delete()
    },
  }
}

function toAddress({ article_id, language, slug, is_current }: AddressRow): Address {
  return { articleId: article_id, language, slug, isCurrent: Boolean(is_current) }
}

function widest(one: Audience | null | undefined, other: Audience | null): Audience | null {
  return AUDIENCES.findLast((audience) => audience === one || audience === other) ?? null
}
