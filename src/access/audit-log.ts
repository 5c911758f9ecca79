import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { newId } from '../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../platform/page.ts'
import type { Actor } from './actor.ts'

export interface AuditEntry {
  readonly id: string
  readonly at: string
  readonly actor: { readonly id: string; readonly name: string }
  /** What was done, as `thing.verb`: `label.corrected`, `article.published`. */
  readonly action: string
  /** The id of what it was done to. */
  readonly target: string
  readonly before?: unknown
  readonly after?: unknown
  readonly requestId?: string
}

interface AuditQuery {
  readonly target?: string
  readonly actor?: string
  readonly cursor?: string
  readonly limit: number
}

/** Who changed what, when, from what to what; written in the transaction of the change itself. */
export interface AuditLog {
  record(
    action: string,
    actor: Actor,
    target: string,
    change?: { readonly before?: unknown; readonly after?: unknown },
  ): Promise<void>
  /** Newest first. */
  list(query: AuditQuery): Promise<Page<AuditEntry>>
}

interface AuditRow {
  id: string
  at: string
  actor_id: string
  actor_name: string
  action: string
  target: string
  before: string | null
  after: string | null
  request_id: string | null
}

/** The audit log in the database. */
export function createAuditLog(db: Database, clock: Clock): AuditLog {
  return {
    async record(action, actor, target, { before, after } = {}) {
      await db.sql<AuditRow>('audit_log').insert({
        id: newId('aud', clock.now()),
        at: isoNow(clock),
        actor_id: actor.id,
        actor_name: actor.name,
        action,
        target,
        before: before === undefined ? null : JSON.stringify(before),
        after: after === undefined ? null : JSON.stringify(after),
        request_id: actor.requestId ?? null,
      })
    },
    async list({ target, actor, cursor, limit }) {
      const query = db
        .sql<AuditRow>('audit_log')
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (target !== undefined) query.where({ target })
      if (actor !== undefined) query.where({ actor_id: actor })
      if (cursor !== undefined) query.where('id', '<', decodeCursor(cursor).id)
      const rows = await query
      return toPage(rows.map(present), limit, ({ id, at }) => ({ key: at, id }))
    },
  }
}

function present(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    actor: { id: row.actor_id, name: row.actor_name },
    action: row.action,
    target: row.target,
    ...(row.before === null ? {} : { before: JSON.parse(row.before) }),
    ...(row.after === null ? {} : { after: JSON.parse(row.after) }),
    ...(row.request_id === null ? {} : { requestId: row.request_id }),
  }
}
