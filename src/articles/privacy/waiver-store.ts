import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'

/** Somebody's decision that a finding may be shown. */
export interface Waiver {
  readonly reason: string
  readonly by: { readonly id: string; readonly name: string }
  readonly at: string
}

interface WaiverRow {
  article_id: string
  finding: string
  reason: string
  actor_id: string
  actor_name: string
  waived_at: string
}

export type WaiverStore = ReturnType<typeof createWaiverStore>

export function createWaiverStore(db: Database, clock: Clock) {
  const waivers = () => db.sql<WaiverRow>('article_waivers')

  return {
    /** The waivers of an article, by the id of their finding. */
    async of(articleId: string): Promise<Map<string, Waiver>> {
      const rows = await waivers().where({ article_id: articleId })
      return new Map(
        rows.map(({ finding, reason, actor_id, actor_name, waived_at }) => [
          finding,
          { reason, by: { id: actor_id, name: actor_name }, at: waived_at },
        ]),
      )
    },

    /** A later waiver of a finding replaces the one before. */
    async put(articleId: string, finding: string, reason: string, { id, name }: Actor): Promise<void> {
      await waivers()
        .insert({
          article_id: articleId,
          finding,
          reason,
          actor_id: id,
          actor_name: name,
          waived_at: isoNow(clock),
        })
        .onConflict(['article_id', 'finding'])
        .merge()
    },
  }
}
