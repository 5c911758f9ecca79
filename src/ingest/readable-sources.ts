import type { Knex } from 'knex'
import type { Actor } from '../access/actor.ts'
import { type Audience, visibleTo } from '../access/audience.ts'
import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { ingestErrors } from './errors.ts'
import type { Source, SourceStore } from './source-store.ts'

/** Sources whose audience a reader belongs to, as `s`. */
export function readableSources(db: Database, reader: Audience): Knex.QueryBuilder {
  return db.sql('sources as s').whereIn('s.audience', visibleTo(reader))
}

/** Joins the sources that a reader may see, as `s`, to a query over rows with a `source_id`. */
export function joinReadableSources(
  query: Knex.QueryBuilder,
  sourceId: string,
  reader: Audience,
): Knex.QueryBuilder {
  return query.join('sources as s', 's.id', sourceId).whereIn('s.audience', visibleTo(reader))
}

/**
 * The source of this name. For an actor who may not see its threads it does not exist.
 *
 * @throws CodedError SOURCE_NOT_FOUND
 */
export async function requireReadableSource(
  sources: Pick<SourceStore, 'require'>,
  name: string,
  actor: Actor,
): Promise<Source> {
  return requireReadable(await sources.require(name), actor)
}

/**
 * The source of this name, created if there is none. Nobody may create a source that they could not see.
 *
 * @throws CodedError SOURCE_NOT_FOUND, SOURCE_AUDIENCE_FORBIDDEN
 */
export async function ensureReadableSource(
  sources: Pick<SourceStore, 'find' | 'ensure'>,
  wanted: Pick<Source, 'name' | 'format' | 'audience'>,
  actor: Actor,
): Promise<Source> {
  const { audience } = wanted
  const existing = await sources.find(wanted.name)
  const isReadable = existing !== undefined && visibleTo(actor.audience).includes(existing.audience)
  // Before it matters whether a hidden source has the name: that must not be told by asking for what is refused anyway.
  if (!isReadable && !visibleTo(actor.audience).includes(audience))
    throw ingestErrors.SOURCE_AUDIENCE_FORBIDDEN({ audience })
  return requireReadable(await sources.ensure(wanted), actor)
}

function requireReadable(source: Source, actor: Actor): Source {
  if (!visibleTo(actor.audience).includes(source.audience))
    throw ingestErrors.SOURCE_NOT_FOUND({ name: source.name })
  return source
}

export interface SourceOverview {
  readonly name: string
  readonly format: string
  readonly audience: Audience
  /** Whether personal data is removed from its texts. */
  readonly redact: boolean
  readonly createdAt: string
  readonly lastImportAt?: string
  readonly lastDeliveryAt?: string
  readonly lastImport?: { readonly id: string; readonly status: string; readonly finishedAt?: string }
  /** Kinds of its webhooks: those with a valid secret. */
  readonly webhooks: string[]
  /** Deliveries that are not applied yet, and those that could not be. */
  readonly deliveries: { readonly waiting: number; readonly failed: number }
}

interface OverviewRow {
  id: string
  import_id: string | null
  import_status: string | null
  import_finished: string | null
  name: string
  format: string
  audience: Audience
  redact: boolean | number
  created_at: string
  last_import: string | null
  last_delivery: string | null
}

/** The sources whose threads a reader may see, by name, with what came last and how their webhooks fare. */
export async function listSources(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  reader: Audience,
): Promise<SourceOverview[]> {
  const lastImportId = db.sql('imports').max('id').where('source_id', db.sql.ref('s.id'))
  const rows: OverviewRow[] = await readableSources(db, reader)
    .leftJoin('imports as i', 'i.id', db.sql.raw('?', [lastImportId]))
    .select('s.id', 's.name', 's.format', 's.audience', 's.redact', 's.created_at')
    .select({ import_id: 'i.id', import_status: 'i.status', import_finished: 'i.finished_at' })
    .select({
      last_import: db.sql('imports').max('started_at').where('source_id', db.sql.ref('s.id')),
      // Ids begin with the time, so the index yields the last one directly.
      last_delivery: db
        .sql('received_deliveries')
        .select('received_at')
        .where('source_id', db.sql.ref('s.id'))
        .orderBy('id', 'desc')
        .limit(1),
    })
    .orderBy('s.name')
  const secrets: { source_id: string; kind: string }[] = await db
    .sql('webhook_secrets')
    .where((valid) => valid.whereNull('expires_at').orWhere('expires_at', '>', isoNow(clock)))
    .distinct('source_id', 'kind')
    .orderBy('kind')
  const unapplied: { source_id: string; status: 'waiting' | 'failed'; n: number | string }[] = await db
    .sql('received_deliveries')
    .whereIn('status', ['waiting', 'failed'])
    .groupBy('source_id', 'status')
    .select('source_id', 'status')
    .count('* as n')
  return rows.map((row) => {
    const count = (wanted: string) =>
      Number(unapplied.find(({ source_id, status }) => source_id === row.id && status === wanted)?.n ?? 0)
    return {
      name: row.name,
      format: row.format,
      audience: row.audience,
      redact: Boolean(row.redact),
      createdAt: row.created_at,
      lastImportAt: row.last_import ?? undefined,
      lastDeliveryAt: row.last_delivery ?? undefined,
      lastImport:
        row.import_id === null
          ? undefined
          : {
              id: row.import_id,
              status: row.import_status ?? '',
              finishedAt: row.import_finished ?? undefined,
            },
      webhooks: secrets.filter(({ source_id }) => source_id === row.id).map(({ kind }) => kind),
      deliveries: { waiting: count('waiting'), failed: count('failed') },
    }
  })
}
