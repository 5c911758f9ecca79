import { accountIdPrefix } from '../../access/accounts/account.ts'
import type { Actor } from '../../access/actor.ts'
import type { Database } from '../../platform/database/database.ts'
import { stableFraction } from '../../platform/ids.ts'
import { readableArticles, readerOf } from '../readable-articles.ts'
import type { UseKind } from '../use/use.ts'
import { windowOf } from './coaching.ts'

/** An article that an author wrote in or published, as the author left it. */
export interface DrawnArticle {
  readonly articleId: string
  readonly author: { readonly id: string; readonly name: string }
  readonly revision: number
  /** Its place in the draw, in [0, 1). */
  readonly chance: number
}

export interface DrawnLink {
  readonly useId: string
  readonly articleId: string
  readonly title: string
  readonly language: string
  readonly kind: UseKind
  readonly reference: string
  readonly by: { readonly id: string; readonly name: string }
  readonly usedAt: string
}

/** What an article must have been written in, and links made in, to be drawn: days before the month begins. */
export const ARTICLE_DAYS = 30
export const LINK_DAYS = 90

/** Of more articles of one author, or links, chance is taken among so many. */
const MOST_ARTICLES = 500
const MOST_LINKS = 5000

/**
 * The sample of a month: of each person, up to `perPerson` of the articles that they wrote in or published in the 30
 * days before. It is drawn by hash, so that whoever asks, and whenever, gets the same; with a greater `perPerson` it
 * grows. Only articles that the actor sees.
 */
export async function drawArticles(
  db: Database,
  { month, perPerson, actor }: { readonly month: string; readonly perPerson: number; readonly actor: Actor },
): Promise<DrawnArticle[]> {
  const { from, to } = windowOf(month, ARTICLE_DAYS)
  const written = db
    .sql('article_revisions as r')
    .whereIn('r.article_id', readableArticles(db, readerOf(actor)).select('articles.id'))
    .where('r.created_at', '>=', from)
    .where('r.created_at', '<', to)
    .where('r.actor_id', 'like', `${accountIdPrefix}_%`)
    .whereNot('r.confidence', 'archived')
    .groupBy('r.article_id', 'r.actor_id')
    .select('r.article_id', 'r.actor_id')
    .max({ revision: 'r.number', name: 'r.actor_name' })
  const placed = db.sql
    .from(written.as('w'))
    .select(
      'w.*',
      db.sql.raw('row_number() over (partition by w.actor_id order by ?, w.article_id) as place', [
        db.byChance('w.article_id'),
      ]),
    )
  const rows = await db.longRead<{
    article_id: string
    actor_id: string
    revision: number
    name: string
  }>(db.sql.from(placed.as('p')).where('p.place', '<=', MOST_ARTICLES))
  const byAuthor = new Map<string, DrawnArticle[]>()
  for (const { article_id: articleId, actor_id: id, revision, name } of rows) {
    const chance = stableFraction('coaching', month, id, articleId)
    const drawn = { articleId, author: { id, name }, revision: Number(revision), chance }
    byAuthor.set(id, [...(byAuthor.get(id) ?? []), drawn])
  }
  return [...byAuthor.values()].flatMap((all) => all.sort(byChance).slice(0, perPerson)).sort(byChance)
}

function byChance(one: DrawnArticle, other: DrawnArticle): number {
  return one.chance - other.chance
}

/** The links in the sample of a month: uses of the 90 days before, drawn by hash, of articles that the actor sees. */
export async function drawLinks(
  db: Database,
  { month, links, actor }: { readonly month: string; readonly links: number; readonly actor: Actor },
): Promise<DrawnLink[]> {
  const { from, to } = windowOf(month, LINK_DAYS)
  const rows = await db.longRead<{
    id: string
    article_id: string
    title: string
    language: string
    kind: UseKind
    reference: string
    actor_id: string
    actor_name: string
    used_at: string
  }>(
    readableArticles(db, readerOf(actor))
      .join('article_uses as u', 'u.article_id', 'articles.id')
      .where('u.used_at', '>=', from)
      .where('u.used_at', '<', to)
      .orderBy([{ column: db.byChance('u.id') }, 'u.id'])
      .limit(MOST_LINKS)
      .select('u.*', 'articles.title', 'articles.language'),
  )
  return rows
    .map((row) => ({ row, chance: stableFraction('coaching-link', month, row.id) }))
    .sort((one, other) => one.chance - other.chance)
    .slice(0, links)
    .map(({ row }) => ({
      useId: row.id,
      articleId: row.article_id,
      title: row.title,
      language: row.language,
      kind: row.kind,
      reference: row.reference,
      by: { id: row.actor_id, name: row.actor_name },
      usedAt: row.used_at,
    }))
}
