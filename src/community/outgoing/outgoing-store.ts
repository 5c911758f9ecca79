import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import type { OutgoingAnswer } from './outgoing-answer.ts'

interface OutgoingRow {
  id: string
  thread_id: string
  body: string
  actor_id: string
  actor_name: string
  status: OutgoingAnswer['status']
  attempts: number
  problem: string | null
  said: string | null
  next_at: string | null
  external_id: string | null
  url: string | null
  created_at: string
  sent_at: string | null
}

/** Answers of one thread that are shown. */
const MOST_SHOWN = 10

export type OutgoingStore = ReturnType<typeof createOutgoingStore>

/** Answers for other communities. */
export function createOutgoingStore(db: Database, clock: Clock) {
  const answers = () => db.sql<OutgoingRow>('outgoing_answers')
  return {
    async add(threadId: string, body: string, { id: actorId, name }: Actor): Promise<string> {
      const id = newId('out', clock.now())
      await answers().insert({
        id,
        thread_id: threadId,
        body,
        actor_id: actorId,
        actor_name: name,
        status: 'sending',
        attempts: 0,
        created_at: isoNow(clock),
      })
      return id
    },

    async find(id: string): Promise<OutgoingAnswer | undefined> {
      const row = await answers().where({ id }).first()
      return row && present(row)
    },

    /** The latest first. */
    async ofThread(threadId: string): Promise<OutgoingAnswer[]> {
      const rows = await answers().where({ thread_id: threadId }).orderBy('id', 'desc').limit(MOST_SHOWN)
      return rows.map(present)
    },

    /** Ids of posts of a thread's community that other answers are known to have become. */
    async postsOf(threadId: string): Promise<Set<string>> {
      const rows = await answers().where({ thread_id: threadId }).whereNotNull('external_id')
      return new Set(rows.map(({ external_id }) => external_id ?? ''))
    },

    /** Notes what became of it. @returns false where it is not in the state `from` any more */
    async change(
      id: string,
      from: OutgoingAnswer['status'],
      { status, attempts, problem, said, nextAt, externalId, url, sentAt }: Partial<OutgoingAnswer>,
    ): Promise<boolean> {
      const changed = await answers()
        .where({ id, status: from })
        .update({
          // Knex leaves out what is undefined.
          status,
          attempts,
          external_id: externalId,
          url,
          sent_at: sentAt,
          problem: problem ?? null,
          said: said ?? null,
          next_at: nextAt ?? null,
        })
      return changed > 0
    },

    async remove(id: string): Promise<boolean> {
      return (await answers().where({ id, status: 'failed' }).delete()) > 0
    },
  }
}

function present(row: OutgoingRow): OutgoingAnswer {
  return {
    id: row.id,
    threadId: row.thread_id,
    body: row.body,
    actor: { id: row.actor_id, name: row.actor_name },
    status: row.status,
    attempts: row.attempts,
    problem: row.problem ?? undefined,
    said: row.said ?? undefined,
    nextAt: row.next_at ?? undefined,
    externalId: row.external_id ?? undefined,
    url: row.url ?? undefined,
    createdAt: row.created_at,
    sentAt: row.sent_at ?? undefined,
  }
}
