import type { Knex } from 'knex'
import type { Audience } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import { audienceNow } from '../../threads/protections/protection-queries.ts'
import { joinReadableThreads } from '../../threads/readable-threads.ts'
import { joinAuthors } from '../../threads/thread-queries.ts'
import type { Priority } from '../../triage/routing/routing-rule.ts'
import { type InboxThread, type ListedInboxThread, placeOf } from './inbox-thread.ts'

interface InboxRow {
  thread_id: string
  state: InboxThread['state']
  queue: string
  rules_queue: string | null
  transferred: boolean | number
  priority: Priority
  rules_priority: Priority
  sla_minutes: number | null
  due_at: string | null
  since: string
  place: string | null
  assignee_id: string | null
  assignee_name: string | null
  escalated_at: string | null
  escalated_by: string | null
  escalation_note: string | null
}

interface ListedRow extends InboxRow {
  title: string
  language: string
  source: string
  audience: Audience
  url: string | null
  created_at: string
  writer_id: string | null
  writer_name: string | null
}

export interface InboxFilter {
  readonly reader: Audience
  readonly queue?: string
  /** Id of a colleague, or `none` for those that nobody has. */
  readonly assignee?: string
  readonly overdue?: boolean
  readonly escalated?: boolean
  readonly state?: 'open' | 'waiting'
}

/** How many there are of what, for one reader. */
export interface InboxCounts {
  readonly open: number
  readonly waiting: number
  readonly mine: number
  readonly unassigned: number
  readonly overdue: number
  readonly escalated: number
  readonly queues: readonly { readonly name: string; readonly open: number; readonly overdue: number }[]
}

export type InboxStore = ReturnType<typeof createInboxStore>

/** The threads that wait for colleagues. */
export function createInboxStore(db: Database, clock: Clock) {
  const threads = () => db.sql<InboxRow>('inbox_threads')
  /** What a reader may see of it, as `i`. */
  const readable = (reader: Audience) =>
    joinReadableThreads(db.sql('inbox_threads as i').whereNotNull('i.place'), 'i.thread_id', reader)

  const isOverdue = (query: Knex.QueryBuilder) =>
    query.where('i.state', 'open').where('i.due_at', '<=', isoNow(clock))

  function narrow(query: Knex.QueryBuilder, { queue, assignee, overdue, escalated, state }: InboxFilter) {
    if (queue !== undefined) query.where('i.queue', queue)
    if (assignee === 'none') query.whereNull('i.assignee_id')
    else if (assignee !== undefined) query.where('i.assignee_id', assignee)
    if (overdue === true) isOverdue(query)
    if (escalated === true) query.whereNotNull('i.escalated_at')
    if (state !== undefined) query.where('i.state', state)
    return query
  }

  const shown = (query: Knex.QueryBuilder) =>
    query
      .leftJoin('answer_locks as l', (on) =>
        on.on('l.thread_id', 'i.thread_id').andOnVal('l.until', '>', isoNow(clock)),
      )
      .select('i.*', 't.title', 't.language', 't.url', 't.created_at', {
        source: 's.name',
        audience: audienceNow(db),
        writer_id: 'l.actor_id',
        writer_name: 'l.actor_name',
      })

  return {
    async of(threadIds: readonly string[]): Promise<Map<string, InboxThread>> {
      const rows = await threads().whereIn('thread_id', [...threadIds])
      return new Map(rows.map((row) => [row.thread_id, present(row)]))
    },

    async put(thread: InboxThread): Promise<void> {
      const { assignee, escalation } = thread
      await threads()
        .insert({
          thread_id: thread.threadId,
          state: thread.state,
          queue: thread.queue,
          rules_queue: thread.rulesQueue ?? null,
          transferred: thread.transferred,
          priority: thread.priority,
          rules_priority: thread.rulesPriority,
          sla_minutes: thread.slaMinutes ?? null,
          due_at: thread.dueAt ?? null,
          since: thread.since,
          place: placeOf(thread) ?? null,
          assignee_id: assignee?.id ?? null,
          assignee_name: assignee?.name ?? null,
          escalated_at: escalation?.at ?? null,
          escalated_by: escalation?.by ?? null,
          escalation_note: escalation?.note ?? null,
        })
        .onConflict('thread_id')
        .merge()
    },

    /** @throws CodedError CURSOR_INVALID */
    async list(
      filter: InboxFilter,
      { limit, cursor }: { readonly limit: number; readonly cursor?: string },
    ): Promise<Page<ListedInboxThread>> {
      const query = shown(narrow(readable(filter.reader), filter))
        .orderBy(['i.place', 'i.thread_id'])
        .limit(limit + 1)
      if (cursor !== undefined) {
        const { key, id } = decodeCursor(cursor)
        query.whereRaw('(i.place, i.thread_id) > (?, ?)', [key, id])
      }
      const page = toPage(await db.longRead<ListedRow>(query), limit, ({ place, thread_id }) => ({
        key: place ?? '',
        id: thread_id,
      }))
      return { ...page, items: page.items.map(listed) }
    },

    /** One that the reader may see, if it is in the inbox. */
    async find(threadId: string, reader: Audience): Promise<ListedInboxThread | undefined> {
      const row: ListedRow | undefined = await shown(readable(reader)).where('i.thread_id', threadId).first()
      return row && listed(row)
    },

    async counts(reader: Audience, actorId: string): Promise<InboxCounts> {
      const now = isoNow(clock)
      const one = (condition: string) => `sum(case when ${condition} then 1 else 0 end)`
      const query = readable(reader)
        .groupBy('i.queue')
        .orderBy('i.queue')
        .select({ name: 'i.queue' })
        .select(
          db.sql.raw(
            `${one("i.state = 'open'")} as open, ${one("i.state = 'waiting'")} as waiting,
             ${one('i.assignee_id = ?')} as mine, ${one('i.assignee_id is null')} as unassigned,
             ${one("i.state = 'open' and i.due_at <= ?")} as overdue,
             ${one('i.escalated_at is not null')} as escalated`,
            [actorId, now],
          ),
        )
      const rows =
        await db.longRead<Record<keyof Omit<InboxCounts, 'queues'> | 'name', string | number>>(query)
      const sum = (name: keyof Omit<InboxCounts, 'queues'>) =>
        rows.reduce((total, row) => total + Number(row[name]), 0)
      return {
        open: sum('open'),
        waiting: sum('waiting'),
        mine: sum('mine'),
        unassigned: sum('unassigned'),
        overdue: sum('overdue'),
        escalated: sum('escalated'),
        queues: rows.map(({ name, open, overdue }) => ({
          name: String(name),
          open: Number(open),
          overdue: Number(overdue),
        })),
      }
    },

    /** Whether there is such a queue: threads were in it. */
    async hasQueue(queue: string): Promise<boolean> {
      return (await threads().where({ queue }).first('thread_id')) !== undefined
    },

    /** How often the askers found the answers of each colleague useful, among threads that the reader may see. */
    async marks(
      reader: Audience,
      since: string,
    ): Promise<{ id: string; name: string; answers: number; useful: number; notUseful: number }[]> {
      const query = joinReadableThreads(
        joinAuthors(db.sql('question_answers as a'), 'a.post_id').leftJoin('question_marks as k', (on) =>
          on.on('k.question_id', 'a.question_id').andOn('k.post_id', 'a.post_id'),
        ),
        'p.thread_id',
        reader,
      )
        .whereNull('p.removed_at')
        .where('p.created_at', '>=', since)
        .groupBy('m.external_id')
        .select({ id: 'm.external_id' })
        .max({ name: 'm.name' })
        .count({ answers: '*' })
        .select(
          db.sql.raw(
            'sum(case when k.useful then 1 else 0 end) as useful, sum(case when k.useful is not null and not k.useful then 1 else 0 end) as not_useful',
          ),
        )
      const rows = await db.longRead<{
        id: string
        name: string
        answers: number | string
        useful: number | string
        not_useful: number | string
      }>(query)
      return rows
        .map(({ id, name, answers, useful, not_useful }) => ({
          id,
          name,
          answers: Number(answers),
          useful: Number(useful),
          notUseful: Number(not_useful),
        }))
        .sort((one, other) => other.answers - one.answers || (one.id < other.id ? -1 : 1))
    },
  }
}

function present(row: InboxRow): InboxThread {
  const { assignee_id: id, assignee_name: name, escalated_at: at } = row
  return {
    threadId: row.thread_id,
    state: row.state,
    queue: row.queue,
    rulesQueue: row.rules_queue ?? undefined,
    transferred: Boolean(row.transferred),
    priority: row.priority,
    rulesPriority: row.rules_priority,
    slaMinutes: row.sla_minutes ?? undefined,
    dueAt: row.due_at ?? undefined,
    since: row.since,
    assignee: id === null ? undefined : { id, name: name ?? '' },
    escalation: at === null ? undefined : { at, by: row.escalated_by ?? '', note: row.escalation_note ?? '' },
  }
}

function listed(row: ListedRow): ListedInboxThread {
  return {
    ...present(row),
    // What has left has no place in the list.
    state: row.state === 'waiting' ? 'waiting' : 'open',
    title: row.title,
    language: row.language,
    source: row.source,
    audience: row.audience,
    url: row.url ?? undefined,
    askedAt: row.created_at,
    writing: row.writer_id === null ? undefined : { id: row.writer_id, name: row.writer_name ?? '' },
  }
}
