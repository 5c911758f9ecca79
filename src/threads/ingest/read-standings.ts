import type { Database } from '../../platform/index.ts'

/** The thread that a post (`p`) is in for its source, which is what acceptances go by. */
export const HOME = 'coalesce(p.home_id, p.thread_id)'

export interface Standing {
  readonly thread_id: string
  readonly answers: number
  readonly accepted: number
  readonly first_answered_at: string | null
  readonly last_at: string
  /** Creation, id and author of the first question, a space apart: what `min` can pick in one query. */
  readonly question: string | null
}

/** What the posts and acceptances that are stored say of these threads; nothing of a thread without posts. */
export async function readStandings(db: Database, ids: readonly string[]): Promise<Map<string, Standing>> {
  const standings = new Map<string, Standing>()
  for (const row of await db.query<Standing>(statement, [ids])) standings.set(row.thread_id, row)
  return standings
}

const statement = `select p.thread_id,
    sum(case when p.kind = 'answer' then 1 else 0 end) as answers,
    sum(case when p.kind = 'answer' and a.post_id is not null then 1 else 0 end) as accepted,
    min(case when p.kind = 'answer' then p.created_at end) as first_answered_at,
    max(p.updated_at) as last_at,
    min(case when p.kind = 'question' then p.created_at || ' ' || p.id || ' ' || coalesce(p.author_id, '') end)
      as question
  from posts as p
  left join acceptances as a on a.post_id = p.id and a.thread_id = ${HOME}
  where p.thread_id = any(?) and p.kind <> 'comment' and p.removed_at is null
  group by p.thread_id`
