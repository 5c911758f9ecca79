import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Judgement, LinkJudgement } from './coaching.ts'

interface Row {
  month: string
  use_id: string
  article_id: string
  judgement: Judgement
  coach_id: string
  coach_name: string
  judged_at: string
}

export type LinkJudgementStore = ReturnType<typeof createLinkJudgementStore>

/** What coaches said of links. */
export function createLinkJudgementStore(db: Database, clock: Clock) {
  const judgements = () => db.sql<Row>('article_coaching_links')

  return {
    /** Keeps a judgement; a coach replaces their own. @returns who gave another one before, if somebody else did */
    async put(
      { month, useId: use_id, articleId: article_id, judgement }: Omit<LinkJudgement, 'at' | 'coach'>,
      coach: Actor,
    ): Promise<string | undefined> {
      const said = { judgement, coach_name: coach.name, judged_at: isoNow(clock) }
      const added = await judgements()
        .insert({ month, use_id, article_id, ...said, coach_id: coach.id })
        .onConflict(['month', 'use_id'])
        .ignore()
        .returning('month')
      if (added.length > 0) return undefined
      const replaced = await judgements().where({ month, use_id, coach_id: coach.id }).update(said)
      if (replaced > 0) return undefined
      return (await judgements().where({ month, use_id }).first('coach_name'))?.coach_name
    },

    async ofMonth(month: string): Promise<LinkJudgement[]> {
      return (await judgements().where({ month })).map((row) => ({
        month: row.month,
        useId: row.use_id,
        articleId: row.article_id,
        judgement: row.judgement,
        coach: { id: row.coach_id, name: row.coach_name },
        at: row.judged_at,
      }))
    },

    /** How many links were judged how, by month. */
    async counts(since: string): Promise<{ month: string; judgement: Judgement; n: number }[]> {
      const rows: { month: string; judgement: Judgement; n: number | string }[] = await judgements()
        .where('month', '>=', since)
        .groupBy('month', 'judgement')
        .select('month', 'judgement')
        .count({ n: '*' })
      return rows.map((row) => ({ ...row, n: Number(row.n) }))
    },
  }
}
