import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Approval } from './governance.ts'

interface ApprovalRow {
  article_id: string
  revision: number
  actor_id: string
  actor_name: string
  approved_at: string
}

export type ApprovalStore = ReturnType<typeof createApprovalStore>

/** Approvals of revisions. A later revision has none of its own, so that an approval lapses with it. */
export function createApprovalStore(db: Database, clock: Clock) {
  const approvals = () => db.sql<ApprovalRow>('article_approvals')

  return {
    async find(articleId: string, revision: number): Promise<Approval | undefined> {
      const row = await approvals().where({ article_id: articleId, revision }).first()
      return row && { by: { id: row.actor_id, name: row.actor_name }, at: row.approved_at }
    },

    /** The first approval of a revision stands. */
    async add(articleId: string, revision: number, { id, name }: Actor): Promise<void> {
      await approvals()
        .insert({
          article_id: articleId,
          revision,
          actor_id: id,
          actor_name: name,
          approved_at: isoNow(clock),
        })
        .onConflict(['article_id', 'revision'])
        .ignore()
    },
  }
}
