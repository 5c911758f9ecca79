import type { Knex } from 'knex'
import type { Actor } from '../../access/actor.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Database } from '../../platform/database/database.ts'

/** Whether readers who do not work on articles see who wrote the posts that an article rests on. */
export const CREDITS = ['shown', 'hidden'] as const
export type Credits = (typeof CREDITS)[number]

export type CreditsSetting = ReturnType<typeof createCreditsSetting>

export function createCreditsSetting(db: Database) {
  const settings = () => db.sql<{ name: string; value: Credits }>('article_settings')

  return {
    /** Names are shown unless somebody decided otherwise. */
    async find(): Promise<Credits> {
      return (await settings().where({ name: 'credits' }).first())?.value ?? 'shown'
    },

    async put(value: Credits): Promise<void> {
      await settings().insert({ name: 'credits', value }).onConflict('name').merge()
    },
  }
}

/** A subquery for `where exists`: whether names are hidden. */
export function hiddenCredits(db: Database): Knex.QueryBuilder {
  return db.sql('article_settings').where({ name: 'credits', value: 'hidden' }).select(db.sql.raw('1'))
}

/** Shows or hides the names of members in the credits of all articles. */
export async function changeCredits(
  {
    db,
    credits: setting,
    audit,
  }: { readonly db: Database; readonly credits: CreditsSetting; readonly audit: AuditLog },
  { credits, actor }: { readonly credits: Credits; readonly actor: Actor },
): Promise<Credits> {
  return db.transaction(async () => {
    const before = await setting.find()
    if (before === credits) return credits
    await setting.put(credits)
    await audit.record('article.credits-changed', actor, 'article-settings', {
      before: { credits: before },
      after: { credits },
    })
    return credits
  })
}
